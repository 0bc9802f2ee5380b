/**
 * A target that emits a provider in C: which files it has, and how their texts are put together from a driver model's views.
 */
import { type Model } from '../../model/model.js';
import { render } from '../../render/render.js';
import { hasErrors } from '../../diagnostics/diagnostic.js';
import { headerDiagnostics } from '../header/check.js';
import { headerName } from '../c/naming.js';
import { headerText } from '../header/index.js';
import { builtInOptions } from '../options.js';
import { defineTarget, type EmitContext, type RenderedFile, type Target } from '../target.js';
import { buildFileNames, buildFiles } from './build-files.js';
import { checkProvider } from './check.js';
import { definedFunctions } from './c-definitions.js';
import { coreFileNames, coreFiles, type DriverTarget } from './core-files.js';
import { hasCoreFiles, sourceName, userFile } from './file-names.js';
import { macrosInTheWay, tidy } from './final-text.js';
import { resolveMacroUses } from './macro-use.js';
import { type FunctionView } from './function-view.js';
import { type ProviderPlan } from './plan.js';
import { standalone } from './standalone.js';

/** What a driver model has of its own. */
export interface ProviderParts<Plan extends ProviderPlan> {
  readonly name: DriverTarget;
  readonly summary: string;
  /** The folder with the templates of the header's part and of the user's file; default the target's name. */
  readonly templates?: string;
  /** What the header includes for the driver's part. */
  readonly includes?: string;
  plan(model: Model, context: EmitContext): Plan;
  /** For the part of the header that is the driver's. */
  declarationsView(plan: Plan): object;
  /** `undefs` are macros of the header that the source has as names of its own. */
  sourceView(plan: Plan, undefs: readonly string[]): object;
  skeletonView(plan: Plan): UserFileView;
}

/** The user's file, as far as it matters which functions are in it. */
interface UserFileView {
  /** Those that are not of one block. */
  readonly functions: readonly FunctionView[];
  readonly blocks: readonly {
    readonly functions: readonly FunctionView[];
    /** A function that is there when anything of the block is. */
    readonly landmark: string;
  }[];
}

export function providerTarget<Plan extends ProviderPlan>(parts: ProviderParts<Plan>): Target {
  const { name, summary, templates = name } = parts;

  const sourceText = (plan: Plan, header: string): string => {
    const text = render(`${name}/source.c`, parts.sourceView(plan, []));
    const undefs = macrosInTheWay(header, text);
    const final =
      undefs.length === 0 ? text : render(`${name}/source.c`, parts.sourceView(plan, undefs));
    return tidy(resolveMacroUses(final, new Set(undefs)));
  };

  return defineTarget({
    name,
    summary,
    options: builtInOptions(name),
    contains: ['header'],
    fileNames: (base, options) => [
      { name: headerName({ base, options }), owner: 'mofgen' },
      { name: sourceName(base), owner: 'mofgen' },
      ...buildFileNames(base),
      ...(hasCoreFiles(options) ? coreFileNames(name) : []).map((file) => {
        return { name: file, owner: 'mofgen', isShared: true } as const;
      }),
      userFile(base, options),
    ],
    unusableBase: (base) =>
      sourceName(base).toLowerCase() === 'mofgen_wmi.c'
        ? 'files of the C core are called so'
        : undefined,
    check(model, context) {
      const found = checkProvider(model, context.options);
      // Names are worked out class by class, as deep as they are embedded.
      if (hasErrors(found)) return found;
      const plan = parts.plan(model, context);
      return [...found, ...headerDiagnostics(plan.names.header, plan.context)];
    },
    emit(model, context) {
      const plan = parts.plan(model, context);
      const declarations = tidy(render(`${templates}/declarations`, parts.declarationsView(plan)));
      const additions = { includes: parts.includes ?? '', declarations };
      const header = headerText(plan.names.header, plan.context, additions);
      const skeleton = tidy(render(`${templates}/impl.c`, parts.skeletonView(plan)));
      const { base, options } = context;
      const generated = [
        verbatim(headerName(context), header),
        verbatim(sourceName(base), sourceText(plan, header)),
      ];
      const core = coreFiles(name, options);
      return [
        ...(options.standalone === true ? standalone([...generated, ...core]) : generated),
        ...buildFiles(context, name),
        ...(hasCoreFiles(options) ? core : []),
        { ...userFile(base, options), text: skeleton },
      ];
    },
    missingStubs(model, context, existing) {
      const defined = definedFunctions(existing);
      const { functions, blocks } = parts.skeletonView(parts.plan(model, context));
      const lacking = (all: readonly FunctionView[]): string[] => {
        const missing = all.filter((each) => !defined.has(each.name));
        return missing.length === 0 ? [] : [render('provider/_functions', { functions: missing })];
      };
      const texts = [
        ...lacking(functions),
        ...blocks.flatMap((block) =>
          defined.has(block.landmark)
            ? lacking(block.functions)
            : [render(`${templates}/_skeleton_block`, block)],
        ),
      ];
      return tidy(texts.join('\n'));
    },
  });
}

function verbatim(name: string, text: string): RenderedFile {
  return { name, owner: 'mofgen', text };
}

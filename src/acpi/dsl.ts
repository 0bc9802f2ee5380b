/** Reads from iasl's text (.dsl) the same declarations as from AML: scopes, devices, names with their buffers, methods. */
import { aslTokens } from './asl-tokens.js';
import { type DslFile, DslReader, type DslResult } from './dsl-reader.js';
import { type AcpiFacts, type AcpiFindings } from './facts.js';
import { createNamespace, resolveAliases } from './namespace.js';

/** Whether a text begins with an operator of ASL, as a MOF text never does. */
export function isDsl(text: string): boolean {
  const next = aslTokens(text);
  const first = next();
  const isOperator = first?.kind === 'word' && BEGINNINGS.has(first.text.toLowerCase());
  return isOperator && next()?.text === '(';
}

const BEGINNINGS = new Set(['definitionblock', 'scope', 'device', 'name', 'method', 'external']);

/** The declarations and binary MOFs of texts, which share one tree of names. */
export function readDsl(files: readonly DslFile[], findings: AcpiFindings): AcpiFacts {
  const result: DslResult = {
    namespace: createNamespace(),
    tables: [],
    declarations: [],
    aliases: [],
    binaryMofs: [],
    findings,
  };
  for (const file of files) new DslReader(file, result).read();
  resolveAliases(result.aliases);
  for (const { declaration, node } of result.aliases) {
    if (node.argumentCount !== undefined) declaration.argumentCount = node.argumentCount;
  }
  const { tables, declarations, binaryMofs } = result;
  return { tables, declarations, binaryMofs, findings: findings.all() };
}

/**
 * The target `header`: the C header that wmimofck -h makes, with what it leaves out as comments and with its layout checked.
 */
import { render } from '../../render/render.js';
import { type CFileNames, headerName, nameHeader } from '../c/naming.js';
import { builtInOptions } from '../options.js';
import { defineTarget, type EmitContext } from '../target.js';
import { checkHeader } from './check.js';
import { type HeaderAdditions, headerView } from './header-view.js';

export const header = defineTarget({
  name: 'header',
  options: builtInOptions('header'),
  summary:
    'C: a header with the names and the layout that wmimofck gives, and checks of the layout',
  fileNames: (base, options) => [{ name: headerName({ base, options }), owner: 'mofgen' }],
  check: checkHeader,
  emit: (model, context) => [
    {
      name: headerName(context),
      owner: 'mofgen',
      text: headerText(nameHeader(model, context), context),
    },
  ],
});

/** The header, with what another target adds to it. */
export function headerText(
  names: CFileNames,
  context: EmitContext,
  additions: HeaderAdditions = {},
): string {
  return render('header/header.h', headerView(context, names, additions));
}

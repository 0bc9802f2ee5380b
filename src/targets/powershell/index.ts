/**
 * The target `powershell`: Pester tests of a driver's classes, and a page with the commands that query, set, call and subscribe.
 */
import { render } from '../../render/render.js';
import { defineTarget } from '../target.js';
import { pageView } from './page-view.js';
import { testsView } from './tests-view.js';

const testsName = (base: string): string => `${base}.Tests.ps1`;
const pageName = (base: string): string => `${base}.md`;

export const powershell = defineTarget({
  name: 'powershell',
  summary: 'PowerShell: Pester tests of the classes on a machine, and a page with commands to try',
  fileNames: (base) => [
    { name: testsName(base), owner: 'mofgen' },
    { name: pageName(base), owner: 'mofgen' },
  ],
  emit: (model, context) => [
    {
      name: testsName(context.base),
      owner: 'mofgen',
      text: render('powershell/tests.ps1', testsView(model, context)),
    },
    {
      name: pageName(context.base),
      owner: 'mofgen',
      text: render('powershell/page.md', pageView(model, context)),
    },
  ],
});

// The page: its commands run on a machine with the classes, and reach every property, method and event.
import { describe, expect, test } from 'vitest';
import { setItemRule } from '../../../src/model/set-rules.js';
import { samples } from '../../mof-files.js';
import { mofText, randomBlocks } from '../ts/random-block.js';
import { fencesOf, scriptOfFile, scriptOfText } from './emit-files.js';
import { Scope, Shell } from './interpreter.js';
import { machineOf } from './machine.js';

const pages = [
  ...samples.map(({ name, path }) => ({ name, script: scriptOfFile(path) })),
  { name: 'classes made at random', script: scriptOfText(mofText(randomBlocks(12, 20261130))) },
];

describe.each(pages)('the page of $name', ({ script: { model, page } }) => {
  test('has commands that run, for everything that the classes have', () => {
    const machine = machineOf(model);
    machine.faults.hasEvents = true;
    const shell = new Shell({
      ...machine.commands,
      'Invoke-Pester': () => [],
      'New-PesterContainer': () => [],
    });
    const scope = new Scope();
    for (const code of fencesOf(page)) shell.script(code, scope);
    for (const block of model.blocks.filter(({ role }) => role === 'dataBlock')) {
      const settable = block.data.items.filter((item) =>
        /free|keepsLength/.test(setItemRule(block, item).kind),
      );
      const wanted = settable.map(({ name }) => `set ${block.name}.${name} `);
      for (const start of [
        ...wanted,
        ...block.methods.map(({ name }) => `call ${block.name}.${name}`),
      ]) {
        expect(machine.log.filter((each) => `${each} `.startsWith(start))).not.toEqual([]);
      }
    }
    for (const { name } of model.blocks.filter(({ role }) => role === 'event')) {
      expect(machine.log).toContain(`subscribe ${name}`);
      expect(machine.log).toContain(`unsubscribe ${name}`);
    }
  });

  test('has a section for each class', () => {
    const sections = [...page.matchAll(/^## (.*)$/gm)].map(([, title]) => title);
    expect(sections).toHaveLength(model.blocks.length + 1);
    for (const { data } of model.blocks) {
      for (const { id, name } of data.items) expect(page, String(id)).toContain(name);
    }
  });
});

test('a page of no classes has no commands', () => {
  const { page } = scriptOfText('');
  expect(fencesOf(page)).toEqual([]);
  expect(page).toContain('The MOF has no WMI classes.');
});

// The pieces of a driver's build: they name files by the base name, which can be any that a file can have.
import { expect, test } from 'vitest';
import { buildFileNames, buildFiles } from '../../../src/targets/provider/build-files.js';

function textsOf(base: string): Readonly<Record<string, string>> {
  const files = buildFiles({ base, sourceName: `${base}.mof`, options: {} });
  expect(files.map(({ name, owner }) => ({ name, owner }))).toEqual(buildFileNames(base));
  return Object.fromEntries(files.map(({ name, text }) => [name.replace(/^.*_wmi/s, ''), text]));
}

test('the resource line names the binary MOF as registration does', () => {
  expect(textsOf('fan')['.rc']).toMatch(
    /#define FAN_WMI_MOF_RESOURCE_NAME MofResourceName\n#endif\n\nFAN_WMI_MOF_RESOURCE_NAME MOFDATA "fan\.bmf"\n$/,
  );
});

test('a .vcxproj gets the sources, the resource and the binary MOF', () => {
  const text = textsOf('fan')['.props'] ?? '';
  expect(text).toContain('<ClCompile Include="$(MSBuildThisFileDirectory)fan_wmi.c" />');
  expect(text).toContain('<CreateBinaryMOFFile>$(IntDir)fan.bmf</CreateBinaryMOFFile>');
  expect(text).toContain('<ResourceCompile Include="$(MSBuildThisFileDirectory)fan_wmi.rc">');
});

test('a CMake file gets the sources', () => {
  expect(textsOf('fan')['.cmake']).toContain('"${CMAKE_CURRENT_LIST_DIR}/fan_wmi_impl.c"');
});

test.each([
  ['markup', `a<b>&c`, 'a&lt;b&gt;&amp;c_wmi.c'],
  ['MSBuild expressions', '$(x)@(y);z', '%24%28x%29%40%28y%29%3Bz_wmi.c'],
])('.props: %s in a name', (_case, base, want) => {
  expect(textsOf(base)['.props']).toContain(want);
});

test('.props: a name cannot end the comment', () => {
  const text = textsOf('a-->b')['.props'] ?? '';
  const [, comment = ''] = /<!--([\s\S]*?)-->/.exec(text) ?? [];
  expect(comment).not.toContain('--');
  expect(text.match(/-->/g)).toHaveLength(1);
});

test.each([
  ['a variable', 'a${b}', 'a\\${b}_wmi.c'],
  ['a list', 'a;b', 'a\\;b_wmi.c'],
  ['a backslash', 'a\\b', 'a\\\\b_wmi.c'],
])('.cmake: %s in a name', (_case, base, want) => {
  expect(textsOf(base)['.cmake']).toContain(want);
});

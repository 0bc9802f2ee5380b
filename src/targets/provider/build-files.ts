/**
 * The pieces of a driver's build beside its sources: the resource line of the binary MOF, and what a .vcxproj or a CMake
 * file includes. They name files by the base name alone and know nothing of what is in them.
 */
import { type EmitContext, type FileOwner, type RenderedFile } from '../target.js';
import { macroPrefixOf } from './naming.js';

const resourceName = (base: string): string => `${base}_wmi.rc`;
const propsName = (base: string): string => `${base}_wmi.props`;
const cmakeName = (base: string): string => `${base}_wmi.cmake`;

/** The resource name that registration uses unless the build says otherwise. */
export const MOF_RESOURCE = 'MofResourceName';

export function buildFileNames(base: string): readonly { name: string; owner: FileOwner }[] {
  return [resourceName, propsName, cmakeName].map((name) => ({
    name: name(base),
    owner: 'mofgen' as const,
  }));
}

export function buildFiles({ base, options }: EmitContext): RenderedFile[] {
  const hasMof = options.noMofResource !== true;
  return [
    { name: resourceName(base), text: hasMof ? resource(base) : NO_RESOURCE },
    { name: propsName(base), text: props(base, hasMof) },
    { name: cmakeName(base), text: cmake(base, hasMof) },
  ].map((file) => ({ ...file, owner: 'mofgen' }));
}

const NO_RESOURCE = `// The driver has no binary MOF: WMI knows its classes from elsewhere.
`;

/** One line; mofcomp writes the .bmf file that it names (driver documentation, "Compiling a driver's MOF file"). */
function resource(base: string): string {
  const macro = `${macroPrefixOf(base)}_WMI_MOF_RESOURCE_NAME`;
  return `// The binary MOF of the driver. On Windows 'mofcomp -B:${base}.bmf ${base}.mof' writes the file. The name is the one
// that registration gives to WMI; of two MOF files in one driver, one needs another, here and there.
#ifndef ${macro}
#define ${macro} ${MOF_RESOURCE}
#endif

${macro} MOFDATA "${base}.bmf"
`;
}

function props(base: string, hasMof: boolean): string {
  const source = `MofgenSource_${macroPrefixOf(base)}`;
  const here = (name: string): string => `$(MSBuildThisFileDirectory)${xml(name)}`;
  return `<?xml version="1.0" encoding="utf-8"?>
<!-- Add to the .vcxproj: <Import Project="gen\\${xml(base)}_wmi.props" /> (with the folder that this file is in). -->
<Project xmlns="http://schemas.microsoft.com/developer/msbuild/2003">
${
  hasMof
    ? `  <PropertyGroup>
    <${source} Condition="'$(${source})' == ''">$(MSBuildThisFileDirectory)..\\${xml(base)}.mof</${source}>
  </PropertyGroup>
`
    : ''
}  <ItemGroup>
    <ClInclude Include="${here(`${base}_wmi.h`)}" />
    <ClCompile Include="${here(`${base}_wmi.c`)}" />
    <ClCompile Include="${here(`${base}_wmi_impl.c`)}" Condition="Exists('${here(`${base}_wmi_impl.c`)}')" />
${
  hasMof
    ? `    <Mofcomp Include="$(${source})">
      <CreateBinaryMOFFile>$(IntDir)${xml(base)}.bmf</CreateBinaryMOFFile>
      <WMISyntaxCheck>true</WMISyntaxCheck>
    </Mofcomp>
    <ResourceCompile Include="${here(resourceName(base))}">
      <AdditionalIncludeDirectories>$(IntDir);%(AdditionalIncludeDirectories)</AdditionalIncludeDirectories>
    </ResourceCompile>
`
    : ''
}  </ItemGroup>
</Project>
`;
}

function cmake(base: string, hasMof: boolean): string {
  const here = (name: string): string => `"\${CMAKE_CURRENT_LIST_DIR}/${cmakeText(name)}"`;
  return `# include() this file, then: target_sources(<driver> PRIVATE \${MOFGEN_WMI_SOURCES})
set(MOFGEN_WMI_SOURCES ${here(`${base}_wmi.c`)})
if(EXISTS ${here(`${base}_wmi_impl.c`)})
  list(APPEND MOFGEN_WMI_SOURCES ${here(`${base}_wmi_impl.c`)})
endif()
${
  hasMof
    ? `# The binary MOF; add it once mofcomp has written the .bmf file that it names.
set(MOFGEN_WMI_RESOURCE ${here(resourceName(base))})`
    : '# The driver has no binary MOF.\nset(MOFGEN_WMI_RESOURCE)'
}
`;
}

/** A file name as a part of an attribute or an element; MSBuild gives some characters a meaning of their own. */
function xml(text: string): string {
  return text
    .replace(
      /[%$@'();?*]/g,
      (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
    )
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('--', '-&#45;');
}

/** A file name inside quotes. */
function cmakeText(text: string): string {
  return text.replace(/[\\"$;]/g, '\\$&');
}

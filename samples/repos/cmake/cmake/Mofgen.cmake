# Generates WMI provider code from MOF files as a part of the build.
#
#   mofgen_add(
#     TARGET <target>               the library or executable that the code goes into
#     MOF <file>                    the input; included files are found automatically
#     TARGETS <name>...             what mofgen emits, such as wdm
#     [USER_OUTPUT <folder>]        where your own file is; the source folder without it
#     [OUTPUT <folder>]             where the generated files go; a folder of the build tree without it
#     [INCLUDES <folder>...]        folders to search for included files (-I)
#     [DEFINES <name[=text]>...]    macros (-D)
#     [OPTIONS <switch>...]         further switches of the generation, such as --neutral
#     [RESOURCE <target>])          the driver that carries the binary MOF as its resource; it is made before this call
#
# The generated files are written again when the MOF, a file that it includes, or mofgen itself changes. Files whose text
# stays the same are left alone, so that Ninja rebuilds nothing for them. Your own file is written when it is not there yet,
# and never touched again; `clean` leaves it alone as well.
#
# With RESOURCE, `mofgen compile` writes the binary MOF, with the same folders and macros, and the driver compiles the generated
# .rc file, which names it. The project needs the language RC. A static library cannot carry a resource: the linker takes an
# object out of one only for a symbol. So RESOURCE names the program or the module that the library goes into. When a change of the
# MOF leaves the bytes as they are, no resource is compiled.
#
# Every call adds to the target `mofgen-check`, which fails when a generated file is not what mofgen writes: Ninja compares
# times, so that a file that was edited by hand would stay as it is until its MOF changes. mofgen's record of what it wrote is in
# `.mofgen/` in the folder of the generated files.

include_guard(GLOBAL)
cmake_minimum_required(VERSION 3.21)

# mofgen comes from npm; a cross-compiling toolchain file must not keep it from being found.
find_program(
  MOFGEN_EXECUTABLE
  NAMES mofgen.cmd mofgen
  HINTS "${CMAKE_SOURCE_DIR}/node_modules/.bin"
  DOC "mofgen's command line"
  NO_CMAKE_FIND_ROOT_PATH)

function(mofgen_add)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "TARGET;MOF;USER_OUTPUT;OUTPUT;RESOURCE" "TARGETS;INCLUDES;DEFINES;OPTIONS")
  foreach(name IN ITEMS TARGET MOF TARGETS)
    if(NOT arg_${name})
      message(FATAL_ERROR "mofgen_add needs ${name}")
    endif()
  endforeach()
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "mofgen_add does not know: ${arg_UNPARSED_ARGUMENTS}")
  endif()
  if(NOT MOFGEN_EXECUTABLE)
    message(FATAL_ERROR "mofgen is not there; npm install puts it into node_modules/")
  endif()

  cmake_path(ABSOLUTE_PATH arg_MOF NORMALIZE)
  cmake_path(GET arg_MOF STEM LAST_ONLY base)
  if(NOT arg_OUTPUT)
    set(arg_OUTPUT "${CMAKE_CURRENT_BINARY_DIR}/${arg_TARGET}-mofgen")
  endif()
  if(NOT arg_USER_OUTPUT)
    set(arg_USER_OUTPUT "${CMAKE_CURRENT_SOURCE_DIR}")
  endif()
  cmake_path(ABSOLUTE_PATH arg_OUTPUT NORMALIZE)
  cmake_path(ABSOLUTE_PATH arg_USER_OUTPUT NORMALIZE)

  # How the MOF is read, which is the same for the code and for the binary MOF.
  set(reading)
  foreach(folder IN LISTS arg_INCLUDES)
    cmake_path(ABSOLUTE_PATH folder NORMALIZE)
    list(APPEND reading --include "${folder}")
  endforeach()
  foreach(macro IN LISTS arg_DEFINES)
    list(APPEND reading --define "${macro}")
  endforeach()

  list(JOIN arg_TARGETS "," targets)
  set(command
      "${MOFGEN_EXECUTABLE}" "${arg_MOF}" --target ${targets}
      --output "${arg_OUTPUT}" --user-output "${arg_USER_OUTPUT}" ${reading} ${arg_OPTIONS})

  # Names only: no MOF is read while CMake configures.
  foreach(owner IN ITEMS mofgen user)
    execute_process(
      COMMAND ${command} --list-outputs --list-format cmake --list-owner ${owner}
      OUTPUT_VARIABLE ${owner}_files
      OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
  endforeach()

  # The sources of a target must be there when CMake ends, so your file is written now if it is new.
  foreach(file IN LISTS user_files)
    if(NOT EXISTS "${file}")
      execute_process(COMMAND ${command} COMMAND_ERROR_IS_FATAL ANY)
    endif()
  endforeach()

  # MOF files whose code is in one folder share the files of the C core: the first call makes them, the others wait for it.
  get_property(made GLOBAL PROPERTY MOFGEN_MADE)
  set(own_files ${mofgen_files})
  set(shared_files)
  foreach(file IN LISTS mofgen_files)
    if(file IN_LIST made)
      list(REMOVE_ITEM own_files "${file}")
      list(APPEND shared_files "${file}")
    endif()
  endforeach()
  set_property(GLOBAL APPEND PROPERTY MOFGEN_MADE ${own_files})

  # The manifest of the installed mofgen changes with its version.
  cmake_path(GET MOFGEN_EXECUTABLE PARENT_PATH bin)
  set(manifest "${bin}/../mofgen/package.json")
  if(NOT EXISTS "${manifest}")
    set(manifest "")
  endif()

  set(depfile "${CMAKE_CURRENT_BINARY_DIR}/${arg_TARGET}-${base}.mofgen.d")
  add_custom_command(
    OUTPUT ${own_files}
    COMMAND ${command} --quiet --depfile "${depfile}"
    MAIN_DEPENDENCY "${arg_MOF}"
    DEPENDS ${manifest} ${shared_files}
    DEPFILE "${depfile}"
    COMMENT "Generating WMI code from ${base}.mof"
    VERBATIM)
  set_property(DIRECTORY APPEND PROPERTY ADDITIONAL_CLEAN_FILES "${arg_OUTPUT}/.mofgen")

  set(sources ${mofgen_files} ${user_files})
  list(FILTER sources INCLUDE REGEX "\\.(c|cpp|h)$")
  target_sources(${arg_TARGET} PRIVATE ${sources})
  target_include_directories(${arg_TARGET} PUBLIC "${arg_OUTPUT}")

  if(arg_RESOURCE)
    mofgen_add_resource("${arg_RESOURCE}" "${arg_MOF}" "${arg_OUTPUT}/${base}_wmi.rc" "${manifest}" ${reading})
  endif()

  set(check "mofgen-check-${arg_TARGET}-${base}")
  add_custom_target(
    ${check}
    COMMAND ${command} --check
    COMMENT "Checking the code generated from ${base}.mof"
    VERBATIM)
  if(NOT TARGET mofgen-check)
    add_custom_target(mofgen-check)
  endif()
  add_dependencies(mofgen-check ${check})
endfunction()

# Compiles a MOF to its binary form and adds it to a target, as the resource that the .rc file names. Further arguments are
# switches of `mofgen compile`.
function(mofgen_add_resource target mof script manifest)
  if(NOT TARGET "${target}")
    message(FATAL_ERROR "mofgen_add(RESOURCE ${target}): there is no such target yet; add the driver first")
  endif()
  get_target_property(type "${target}" TYPE)
  if(type STREQUAL "STATIC_LIBRARY")
    message(FATAL_ERROR "mofgen_add(RESOURCE ${target}): a static library carries no resource; name the driver")
  endif()
  get_target_property(folder "${target}" SOURCE_DIR)
  if(NOT folder STREQUAL CMAKE_CURRENT_SOURCE_DIR)
    message(FATAL_ERROR "mofgen_add(RESOURCE ${target}): the target is of another folder; call mofgen_add() there")
  endif()
  if(NOT CMAKE_RC_COMPILER)
    message(FATAL_ERROR "mofgen_add(RESOURCE ${target}): resources need the language RC, as in project(name C RC)")
  endif()

  cmake_path(GET mof STEM LAST_ONLY base)
  set(folder "${CMAKE_CURRENT_BINARY_DIR}/${target}-bmf")
  set(binary "${folder}/${base}.bmf")
  set(depfile "${binary}.d")
  add_custom_command(
    OUTPUT "${binary}"
    BYPRODUCTS "${binary}.new"
    COMMAND "${MOFGEN_EXECUTABLE}" compile "${mof}" --output "${binary}.new" ${ARGN} --quiet
            --depfile "${depfile}" --depfile-target "${binary}"
    COMMAND "${CMAKE_COMMAND}" -E copy_if_different "${binary}.new" "${binary}"
    DEPENDS "${mof}" ${manifest}
    DEPFILE "${depfile}"
    COMMENT "Compiling ${base}.mof to its binary form"
    VERBATIM)
  set_property(DIRECTORY APPEND PROPERTY ADDITIONAL_CLEAN_FILES "${depfile}")
  # No compiler of resources reports what it read, so the dependency is named.
  set_source_files_properties("${script}" PROPERTIES OBJECT_DEPENDS "${binary}" INCLUDE_DIRECTORIES "${folder}")
  target_sources("${target}" PRIVATE "${script}" "${binary}")
endfunction()

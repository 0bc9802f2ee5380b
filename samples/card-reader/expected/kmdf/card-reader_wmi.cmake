# include() this file, then: target_sources(<driver> PRIVATE ${MOFGEN_WMI_SOURCES})
set(MOFGEN_WMI_SOURCES "${CMAKE_CURRENT_LIST_DIR}/card-reader_wmi.c")
if(EXISTS "${CMAKE_CURRENT_LIST_DIR}/card-reader_wmi_impl.c")
  list(APPEND MOFGEN_WMI_SOURCES "${CMAKE_CURRENT_LIST_DIR}/card-reader_wmi_impl.c")
endif()
# The binary MOF; add it once mofcomp has written the .bmf file that it names.
set(MOFGEN_WMI_RESOURCE "${CMAKE_CURRENT_LIST_DIR}/card-reader_wmi.rc")

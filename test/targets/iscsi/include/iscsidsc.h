/* What the iSCSI files of the Windows driver samples need of a header that is not public: our own text, our own values
   except for the two lengths. For mofcomp it has macros that are MOF, for C types. */
#ifndef ISCSIDSC_H
#define ISCSIDSC_H
#include <windows.h>

#define MAX_ISCSI_NAME_LEN 223 /* bytes of UTF-8, RFC 3720 3.2.6.1 */
#define MAX_ISCSI_TEXT_ADDRESS_LEN 256

#if defined(MOFCOMP_PASS)
#define ISCSI_LOGIN_FLAGS uint32
#define ISCSI_LOGIN_OPTIONS_INFO_SPECIFIED uint32
#define ISCSI_SECURITY_FLAGS uint64
#define ISCSI_AUTH_TYPES uint32
#define ISCSI_AUTH_TYPES_QUALIFIERS \
    Values{"None", "CHAP"}, \
    ValueMap{"0", "1"}
#define ISCSI_LOGIN_FLAGS_QUALIFIERS Values{"Multipath"}, ValueMap{"0x2"}
#define ISCSI_LOGIN_OPTIONS_INFO_QUALIFIERS DisplayInHex
#define ISCSI_DIGEST_TYPE_NONE "0"
#define ISCSI_DIGEST_TYPE_CRC32C "1"
#define ISCSI_SECURITY_FLAGS_CPPQUOTE "\ntypedef ULONGLONG ISCSI_SECURITY_FLAGS;\n"
#define ISCSI_DIGEST_CPPQUOTE "\ntypedef ULONG ISCSI_DIGEST_TYPES;\n"
#define ISCSI_LOGIN_OPTIONS_INFO_CPPQUOTE "\n    // Which of the options below count\n"
#define ISCSI_LOGIN_FLAGS_CPPQUOTE "\n    // Multipath is 2\n"
#else
typedef ULONG ISCSI_LOGIN_FLAGS, ISCSI_AUTH_TYPES;
#endif

struct iscsi_unrelated { ULONG Flags; } extern iscsi_unrelated;
#endif

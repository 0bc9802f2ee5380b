/*++

    What the iSCSI files of the Windows driver samples need of a header that is not public, with all that headers of the
    Windows SDK have around it: our own text, our own values except for the two lengths. "Don't" compile this.

--*/

#ifndef ISCSIDSC_H
#define ISCSIDSC_H

#include <winapifamily.h>

#pragma region Desktop Family
#if WINAPI_FAMILY_PARTITION(WINAPI_PARTITION_DESKTOP)

#if (_MSC_VER >= 1200) && !defined(MOFCOMP_PASS)
#pragma warning(push)
#pragma warning(disable:4201) // nameless struct/union
#endif

#if !defined(MOFCOMP_PASS)
#include <windows.h>
#include <ntddscsi.h>
#endif

#ifdef __cplusplus
extern "C" {
#endif

#define ISDSC_API __stdcall
#define ISDSC_STATUS ULONG ISDSC_API
#define FIELD_AT(type, field) ((LONG)(LONG_PTR)&(((type *)0)->field))
#define TWO_LINES(name) \
    ISDSC_STATUS name##A(void); \
    ISDSC_STATUS name##W(void)
#define LENGTH_OF(bytes) bytes
#define TEXT_OF_(x) #x
#define TEXT_OF(x) TEXT_OF_(x)

#define MAX_ISCSI_NAME_LEN 223 /* bytes of UTF-8, RFC 3720 3.2.6.1 */
#if MAX_ISCSI_NAME_LEN != 0xDFL || 'A' != 65 || (0 && 1 / 0)
#error "the length of names"
#endif
#define MAX_ISCSI_TEXT_ADDRESS_LEN LENGTH_OF(256)

#ifdef MOFCOMP_PASS
#define MOF_VALUES(name, number) Values{"None", name}, ValueMap{"0", number}
#define ISCSI_FLAGS_TYPE(bits) uint ## bits
#define ISCSI_LOGIN_FLAGS ISCSI_FLAGS_TYPE(32)
#define ISCSI_LOGIN_OPTIONS_INFO_SPECIFIED ISCSI_FLAGS_TYPE(32)
#define ISCSI_SECURITY_FLAGS ISCSI_FLAGS_TYPE(64)
#define ISCSI_AUTH_TYPES uint32
#define ISCSI_AUTH_TYPES_QUALIFIERS \
    MOF_VALUES("CHAP", TEXT_OF(1))
#define ISCSI_LOGIN_FLAGS_QUALIFIERS Values{"Multipath"}, ValueMap{"0x2"}
#define ISCSI_LOGIN_OPTIONS_INFO_QUALIFIERS DisplayInHex
#define ISCSI_DIGEST_TYPE_NONE "0"
#define ISCSI_DIGEST_TYPE_CRC32C "1"
#define ISCSI_SECURITY_FLAGS_CPPQUOTE "\ntypedef ULONGLONG ISCSI_SECURITY_FLAGS;\n"
#define ISCSI_DIGEST_CPPQUOTE "\ntypedef ULONG ISCSI_DIGEST_TYPES;\n"
#define ISCSI_LOGIN_OPTIONS_INFO_CPPQUOTE "\n    // Which of the options below count\n"
#define ISCSI_LOGIN_FLAGS_CPPQUOTE "\n    // Multipath is 2\n"
#else
typedef ULONG ISCSI_LOGIN_FLAGS, *PISCSI_LOGIN_FLAGS;
typedef enum
{
    ISCSI_NO_AUTH_TYPE = 0,
    ISCSI_CHAP_AUTH_TYPE
} ISCSI_AUTH_TYPES, *PISCSI_AUTH_TYPES;
#endif

#ifndef MOFCOMP_PASS

typedef _Struct_size_bytes_(Size) struct tagUNRELATED
{
    ULONG Size;
    union { UCHAR Quote; WCHAR Wide; };
    _Field_size_(MAX_ISCSI_NAME_LEN + 1) CHAR Name[MAX_ISCSI_NAME_LEN + 1];
} UNRELATED;

static const char c = '"', d = '\'', e[] = "/* no comment \" // none either";

_When_(Names != NULL, _At_(*Names, _Post_z_))
_Success_(return == 0)
ISDSC_STATUS ReportUnrelatedW(
    _In_ BOOLEAN Again,
    _Inout_ PULONG Count,
    _Out_writes_to_opt_(*Count, *Count) PWCHAR Names
    );

TWO_LINES(Unrelated);

FORCEINLINE LONG PlaceOf(void) { return FIELD_AT(UNRELATED, Name) /* { */; }

#ifdef UNICODE
#define ReportUnrelated ReportUnrelatedW
#else
#define ReportUnrelated ReportUnrelatedA
#endif // UNICODE

#endif // MOFCOMP_PASS

#ifdef __cplusplus
}
#endif

#if (_MSC_VER >= 1200) && !defined(MOFCOMP_PASS)
#pragma warning(pop)
#endif

#endif /* WINAPI_FAMILY_PARTITION(WINAPI_PARTITION_DESKTOP) */
#pragma endregion

#endif /* ISCSIDSC_H */

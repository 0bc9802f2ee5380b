/**
 * Words that emitted C must not declare: keywords, macros of the Windows headers, and what the generated code uses.
 *
 * Whoever makes emitted C use another identifier of Windows or C adds it to USED. Nothing here knows the MOF.
 */

/** Why a word is taken. */
export type Reserved =
  | 'keyword of C'
  | 'keyword of C++'
  | 'macro of Windows'
  | 'name of Windows'
  /** C11 7.1.3: it could be a macro of the compiler. */
  | 'name that compilers keep';

const C_KEYWORDS = [
  ...['auto', 'break', 'case', 'char', 'const', 'continue', 'default', 'do', 'double', 'else'],
  ...['enum', 'extern', 'float', 'for', 'goto', 'if', 'inline', 'int', 'long', 'register'],
  ...['restrict', 'return', 'short', 'signed', 'sizeof', 'static', 'struct', 'switch', 'typedef'],
  ...['union', 'unsigned', 'void', 'volatile', 'while'],
  ...['_Alignas', '_Alignof', '_Atomic', '_BitInt', '_Bool', '_Complex', '_Generic', '_Imaginary'],
  ...['_Noreturn', '_Pragma', '_Static_assert', '_Thread_local'],
  // C23 and compilers' own.
  ...['asm', 'defined', 'constexpr', 'nullptr', 'typeof', 'typeof_unqual'],
] as const;

const CXX_KEYWORDS = [
  ...['alignas', 'alignof', 'and', 'and_eq', 'bitand', 'bitor', 'bool', 'catch', 'char16_t'],
  ...['char32_t', 'char8_t', 'class', 'co_await', 'co_return', 'co_yield', 'compl', 'concept'],
  ...['const_cast', 'consteval', 'constinit', 'decltype', 'delete', 'dynamic_cast', 'explicit'],
  ...['export', 'false', 'friend', 'mutable', 'namespace', 'new', 'noexcept', 'not', 'not_eq'],
  ...['operator', 'or', 'or_eq', 'private', 'protected', 'public', 'reinterpret_cast', 'requires'],
  ...['static_assert', 'static_cast', 'template', 'this', 'thread_local', 'throw', 'true', 'try'],
  ...['typeid', 'typename', 'using', 'virtual', 'wchar_t', 'xor', 'xor_eq'],
] as const;

/**
 * Plain words that are macros after ntdef.h or ntddk.h, and the lower-case ones of
 * windows.h. Its constants in capitals (`ERROR`, `OPAQUE`) are left alone: drivers may have members of that name.
 */
const WINDOWS_MACROS = [
  ...['BASETYPES', 'CONST', 'CRITICAL', 'DELETE', 'DUMMYSTRUCTNAME', 'DUMMYUNIONNAME', 'EXTERN_C'],
  ...['FALSE', 'FAR', 'FASTCALL', 'FORCEINLINE', 'IN', 'NEAR', 'NOTHING', 'NTAPI', 'NULL'],
  ...['OPTIONAL', 'OUT', 'PURE', 'SYNCHRONIZE', 'THIS', 'TRUE', 'UNALIGNED', 'VOID', 'WIN32'],
  ...['WIN64', 'WINNT', 'cdecl', 'errno', 'far', 'hyper', 'i386', 'interface', 'linux', 'near'],
  ...['pascal', 'small', 'stderr', 'stdin', 'stdout', 'unix'],
  ...['_AMD64_', '_M_AMD64', '_M_IX86', '_M_X64', '_MSC_VER', '_WIN32', '_WIN64', '_X86_'],
  // SAL's annotations without arguments.
  ...['_In_', '_In_opt_', '_In_z_', '_Inout_', '_Inout_opt_', '_Must_inspect_result_', '_Out_'],
  ...['_Out_opt_', '_Outptr_', '_Outptr_opt_', '_Use_decl_annotations_'],
] as const;

/** The types that members of emitted structures have. In C++ a member must not have the name of another member's type. */
const MEMBER_TYPES = [
  ...['BOOLEAN', 'CHAR', 'LONG', 'LONGLONG', 'SHORT', 'UCHAR', 'ULONG', 'ULONGLONG', 'USHORT'],
  ...['WCHAR'],
] as const;

/** Other names that emitted C uses. */
const USED = [
  // The header.
  ...['C_ASSERT', 'DEFINE_GUID', 'FIELD_OFFSET', 'GUID', 'INITGUID', 'MIDL_PASS', 'c_assert'],
  ...['offsetof', '_GUID'],
  // C and the macros of everyday Windows code.
  ...['max', 'min', 'assert', 'main', 'wmain', 'NT_ASSERT', 'NT_SUCCESS', 'PAGED_CODE'],
  ...['UNREFERENCED_PARAMETER', 'ALIGN_UP', 'ALIGN_UP_BY', 'ARRAYSIZE', 'RTL_NUMBER_OF'],
  ...['CONTAINING_RECORD', 'RTL_FIELD_SIZE', 'RTL_SIZEOF_THROUGH_FIELD', 'TYPE_ALIGNMENT'],
  ...['UFIELD_OFFSET', 'NTDDI_VERSION', 'ALLOC_PRAGMA', 'DBG'],
  // Types of Windows.
  ...[
    'BOOL',
    'BYTE',
    'DWORD',
    'HANDLE',
    'INT',
    'LARGE_INTEGER',
    'LONG_PTR',
    'NTSTATUS',
    'PBOOLEAN',
  ],
  ...['PCHAR', 'PCUNICODE_STRING', 'PCWSTR', 'PGUID', 'PLONG', 'POOL_TYPE', 'PUCHAR', 'PULONG'],
  ...['PUNICODE_STRING', 'PUSHORT', 'PVOID', 'PWCHAR', 'PWSTR', 'SIZE_T', 'UINT', 'ULONG_PTR'],
  ...['UNICODE_STRING', 'WORD', 'LPCGUID', 'LPGUID', 'DRIVER_OBJECT', 'PDRIVER_OBJECT'],
  ...['DEVICE_OBJECT', 'PDEVICE_OBJECT', 'IRP', 'PIRP', 'size_t', 'ptrdiff_t', 'int8_t', 'int16_t'],
  ...['int32_t', 'int64_t', 'uint8_t', 'uint16_t', 'uint32_t', 'uint64_t', 'uintptr_t', 'intptr_t'],
  // Functions, statuses and constants that the code of a driver uses; more are in the families below.
  ...[
    'ExAllocatePool2',
    'ExAllocatePoolWithTag',
    'ExFreePoolWithTag',
    'ContextTypeInfo',
    'EvtCleanupCallback',
  ],
  ...['IRP_MJ_SYSTEM_CONTROL', 'IRP_MN_QUERY_ALL_DATA', 'IoAttachDeviceToDeviceStack'],
  ...['IoCallDriver', 'IoCompleteRequest', 'IoGetCurrentIrpStackLocation'],
  ...['IoSkipCurrentIrpStackLocation', 'IoStatus', 'IoWMIRegistrationControl', 'IofCallDriver'],
  ...['IofCompleteRequest', 'IrpForward', 'IrpNotCompleted', 'IrpNotWmi', 'IrpProcessed'],
  ...['KeInitializeMutex', 'KeReleaseMutex', 'KeWaitForSingleObject', 'MAXULONG'],
  ...[
    'APC_LEVEL',
    'DISPATCH_LEVEL',
    'NonPagedPoolNx',
    'PASSIVE_LEVEL',
    'POOL_FLAG_NON_PAGED',
    'POOL_FLAG_PAGED',
    'PWCH',
    'RTL_CONSTANT_STRING',
  ],
  ...['PagedPool', 'RtlCopyMemory', 'RtlCopyUnicodeString', 'RtlFillMemory'],
  ...['RtlInitUnicodeString', 'RtlZeroMemory', 'RtlEqualMemory', 'RtlMoveMemory'],
  ...['STATUS_BUFFER_TOO_SMALL', 'STATUS_INSUFFICIENT_RESOURCES', 'STATUS_INTEGER_OVERFLOW'],
  ...['STATUS_INVALID_DEVICE_REQUEST', 'STATUS_INVALID_DEVICE_STATE'],
  ...['STATUS_INVALID_PARAMETER', 'STATUS_INVALID_PARAMETER_MIX', 'STATUS_NOT_SUPPORTED'],
  ...[
    'STATUS_OBJECT_NAME_COLLISION',
    'STATUS_PENDING',
    'STATUS_SUCCESS',
    'STATUS_UNSUCCESSFUL',
    'STATUS_WMI_GUID_NOT_FOUND',
  ],
  ...['STATUS_WMI_INSTANCE_NOT_FOUND', 'STATUS_WMI_ITEMID_NOT_FOUND', 'STATUS_WMI_READ_ONLY'],
  ...['STATUS_WMI_SET_FAILURE', 'WMIGUIDREGINFO', 'WMILIB', 'WMILIB_CONTEXT', 'WMIREGISTER'],
  ...['WMIREG_ACTION_DEREGISTER', 'WMIREG_ACTION_REGISTER', 'WMIREG_ACTION_UPDATE_GUIDS'],
  ...['WMIREG_FLAG_EVENT_ONLY_GUID', 'WMIREG_FLAG_EXPENSIVE', 'WMIREG_FLAG_INSTANCE_PDO'],
  ...['WMIUPDATE', 'WmiCompleteRequest', 'WmiFireEvent', 'WmiSystemControl'],
  ...['DRIVER_DISPATCH', 'DeviceExtension', 'Executive', 'IO_NO_INCREMENT', 'KMUTEX', 'KernelMode'],
  ...['PRKMUTEX', 'SYSCTL_IRP_DISPOSITION', 'WMIENABLEDISABLECONTROL', 'WmiDataBlockControl'],
  ...['WMI_EXECUTE_METHOD_CALLBACK', 'WMI_FUNCTION_CONTROL_CALLBACK'],
  ...['WMI_QUERY_DATABLOCK_CALLBACK', 'WMI_QUERY_REGINFO_CALLBACK'],
  ...['WMI_SET_DATABLOCK_CALLBACK', 'WMI_SET_DATAITEM_CALLBACK'],
] as const;

const reserved: ReadonlyMap<string, Reserved> = new Map<string, Reserved>([
  ...[...MEMBER_TYPES, ...USED].map((word) => [word, 'name of Windows'] as const),
  ...WINDOWS_MACROS.map((word) => [word, 'macro of Windows'] as const),
  ...CXX_KEYWORDS.map((word) => [word, 'keyword of C++'] as const),
  ...C_KEYWORDS.map((word) => [word, 'keyword of C'] as const),
]);

const memberTypes: ReadonlySet<string> = new Set(MEMBER_TYPES);

/** Families that no MOF needs: the framework's names, those of our own code, and what SAL calls its annotations. */
const FAMILIES =
  /^(?:Wdf[A-Z]|WDF|EVT_WDF|PFN_WDF|Mofgen|MOFGEN_|_(?:In|Out|Outptr|Inout|Success|When|IRQL|Use|Field|Function|Must)_)/;

/** Why `name` cannot be a type, a macro, a variable or a function of ours; `undefined` when it can. */
export function reservedName(name: string): Reserved | undefined {
  if (name.startsWith('__')) return 'name that compilers keep';
  return reserved.get(name) ?? (FAMILIES.test(name) ? 'name of Windows' : undefined);
}

/** Whether no suffix would make `name` free. */
export function isOfReservedFamily(name: string): boolean {
  return name.startsWith('__') || FAMILIES.test(name);
}

/** Why `name` cannot be a member of a structure: words that are only functions or types elsewhere can. */
export function reservedMember(name: string): Reserved | undefined {
  const found = reservedName(name);
  return found === 'name of Windows' && !memberTypes.has(name) ? undefined : found;
}

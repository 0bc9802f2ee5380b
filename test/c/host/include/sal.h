/* Source annotations, which are empty on the host. */
#ifndef MOFGEN_HOST_SAL_H
#define MOFGEN_HOST_SAL_H

#define _Use_decl_annotations_
#define _Must_inspect_result_ __attribute__((warn_unused_result))
#define _Check_return_ __attribute__((warn_unused_result))

#define _In_
#define _In_opt_
#define _In_z_
#define _In_range_(low, high)
#define _In_reads_(count)
#define _In_reads_opt_(count)
#define _In_reads_bytes_(size)
#define _In_reads_bytes_opt_(size)
#define _Out_
#define _Out_opt_
#define _Out_range_(low, high)
#define _Out_writes_(count)
#define _Out_writes_opt_(count)
#define _Out_writes_all_(count)
#define _Out_writes_all_opt_(count)
#define _Out_writes_to_(count, used)
#define _Out_writes_to_opt_(count, used)
#define _Out_writes_bytes_(size)
#define _Out_writes_bytes_opt_(size)
#define _Out_writes_bytes_all_(size)
#define _Out_writes_bytes_to_(size, used)
#define _Out_writes_bytes_to_opt_(size, used)
#define _Outptr_
#define _Outptr_opt_
#define _Outptr_result_maybenull_
#define _Outptr_result_bytebuffer_(size)
#define _Outptr_result_bytebuffer_maybenull_(size)
#define _Inout_
#define _Inout_opt_
#define _Inout_updates_(count)
#define _Inout_updates_opt_(count)
#define _Inout_updates_bytes_(size)
#define _Inout_updates_bytes_opt_(size)
#define _Inout_updates_bytes_to_(size, used)
#define _Inout_updates_bytes_to_opt_(size, used)
#define _Field_size_(count)
#define _Field_size_opt_(count)
#define _Field_size_bytes_(size)
#define _Field_size_bytes_opt_(size)
#define _Field_range_(low, high)
#define _Ret_maybenull_
#define _Ret_notnull_
#define _Reserved_
#define _Success_(expression)
#define _Return_type_success_(expression)
#define _When_(expression, annotations)
#define _At_(target, annotations)
#define _Pre_satisfies_(expression)
#define _Post_satisfies_(expression)
#define _Analysis_assume_(expression) ((void)0)

#define _IRQL_requires_(irql)
#define _IRQL_requires_max_(irql)
#define _IRQL_requires_min_(irql)
#define _IRQL_requires_same_
#define _IRQL_raises_(irql)
#define _IRQL_saves_
#define _IRQL_restores_
#define _Function_class_(name)
#define _Dispatch_type_(major)
#define _Acquires_lock_(lock)
#define _Releases_lock_(lock)
#define _Requires_lock_held_(lock)
#define _Guarded_by_(lock)
#define __drv_allocatesMem(kind)
#define __drv_freesMem(kind)
#define __drv_aliasesMem

#endif

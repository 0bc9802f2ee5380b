/**
 * The names of documented qualifiers that mofgen does not use: they are kept in the model, and are not taken for misspellings
 * of others.
 */
import { nameKey } from '../text/name-key.js';

/** DSP0004 2.x, "Standard qualifiers" and "Optional qualifiers", with those of its earlier editions. */
const OF_DSP0004 = `
  Aggregate Aggregation Alias ArrayType Association ClassConstraint ClassVersion Composition Correlatable Counter Delete
  Deprecated DisplayDescription DN EmbeddedInstance EmbeddedObject Exception Expensive Experimental Gauge IfDeleted Indication
  Invisible IsPUnit Large MappingStrings MethodConstraint Min MinLen ModelCorrespondence Nonlocal NonlocalType NullValue
  OctetString Override Propagated PropertyConstraint PropertyUsage PUnit Reference Required Revision Schema Source SourceType
  Structure Syntax SyntaxType Terminal TriggerType UMLPackagePath UnknownValues UnsupportedValues Version Weak XMLNamespaceName
`;

/** "WMI-specific qualifiers", "Standard WMI qualifiers" and "Performance counter qualifiers" of Microsoft's WMI reference. */
const OF_WMI = `
  Amendment Aggregated AutoCook AutoCook_RawClass Base BypassGetObject Bypass_GetObject CIM_Key CIMType ClassContext Constructor
  Cooked CookingType Costly CounterType CreateBy DefaultScale DefaultValue DeleteBy Destructor Display DisplayInHex DynProps
  EnumPrivileges GenericPerfCtr Hidden HelpIndex HiPerf Icon InstanceContext Lazy Locale LocaleID MethodContext NonCreatable
  Not_Null NotNull Optional PerfDefault PerfDetail PerfIndex PerfMultiCounter PerfSingleCounter PerfTimeFreq PerfTimeStamp
  Privileges PropertyContext Range RegistryKey RegistryValue SecurityDescriptor Singleton StdDeviation Subject SubType
  SupportsCreate SupportsDelete SupportsExtendedQueries SupportsUpdate SysProp UUID Value ValueDescriptions ValueType
  WritePrivileges XMLFragment
`;

/** Driver documentation and the WDK's own MOFs: WMI and event tracing. */
const OF_DRIVERS = `
  ArraySize BitValueMap EventCategory EventGuid EventLevel EventName EventType EventTypeName EventVersion Extension Format Pointer
  PointerType ProviderName SplitString StringTermination Subtypes TimeStamp WmiDisplayInHex WmiScale WmiVersion
`;

const known: ReadonlySet<string> = new Set(
  [OF_DSP0004, OF_WMI, OF_DRIVERS].flatMap((list) => list.trim().split(/\s+/)).map(nameKey),
);

/** Whether a qualifier of that name is documented, but not used by mofgen. */
export function isDocumentedQualifier(name: string): boolean {
  return known.has(nameKey(name));
}

/** Their names, in lower case. */
export function documentedQualifiers(): Iterable<string> {
  return known;
}

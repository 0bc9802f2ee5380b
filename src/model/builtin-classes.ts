/** The classes of every Windows namespace. A file may use them without declaring them, and may declare them again. */
import { nameKey } from '../text/name-key.js';

interface BuiltInClass {
  readonly name: string;
  readonly superclass: string | undefined;
  /** Whether a class that derives from it is an event that a provider fires. */
  readonly isEvent: boolean;
}

/** WMI's system classes for events (Win32 WMI reference, "WMI System Classes") and the roots of driver events and of ETW. */
export const BUILT_IN_CLASSES = [
  { name: '__Event', superclass: undefined, isEvent: true },
  { name: '__ExtrinsicEvent', superclass: '__Event', isEvent: true },
  { name: 'EventTrace', superclass: undefined, isEvent: false },
  { name: 'WMIEvent', superclass: '__ExtrinsicEvent', isEvent: true },
] as const satisfies readonly BuiltInClass[];

/**
 * Classes of Windows without data items for their derived classes: WMI's system classes, and the roots of drivers in
 * wmicore.mof (docs/spec/layout-and-header.md#names-and-conventions, rule 5). A file may use them without declaring them
 * ("inherit only from classes of the same file or of wmicore.mof", docs/spec/layout-and-header.md#names-and-conventions, rule 2).
 */
const PLAIN_CLASSES: ReadonlySet<string> = new Set(
  `
  __AbsoluteTimerInstruction __ACE __AggregateEvent __ArbitratorConfiguration __CacheControl __CIMOMIdentification
  __ClassCreationEvent __ClassDeletionEvent __ClassModificationEvent __ClassOperationEvent __ClassProviderRegistration
  __ConsumerFailureEvent __EventConsumer __EventConsumerProviderCacheControl __EventConsumerProviderRegistration
  __EventDroppedEvent __EventFilter __EventGenerator __EventProviderCacheControl __EventProviderRegistration
  __EventQueueOverflowEvent __ExtendedStatus __FilterToConsumerBinding __IndicationRelated __InstanceCreationEvent
  __InstanceDeletionEvent __InstanceModificationEvent __InstanceOperationEvent __InstanceProviderRegistration
  __IntervalTimerInstruction __ListOfEventActions __MethodInvocationEvent __MethodProviderRegistration __Namespace
  __NamespaceCreationEvent __NamespaceDeletionEvent __NamespaceModificationEvent __NamespaceOperationEvent
  __NotifyStatus __NTLMUser9X __ObjectProviderCacheControl __ObjectProviderRegistration __Parameters
  __PropertyProviderCacheControl __PropertyProviderRegistration __Provider __ProviderHostQuotaConfiguration
  __ProviderRegistration __QOSFailureEvent __SecurityDescriptor __SecurityRelatedClass __SystemClass __SystemEvent
  __SystemSecurity __thisNamespace __TimerEvent __TimerInstruction __TimerNextFiring __Trustee __Win32Provider
  MS_SmBios MS_WmiInternal MSAcpi MSAgp MSChangerDriver MSDeviceUI MSDiskDriver MSIde MSKernelPpmClass MSKeyboard
  MSMCAInfo MSMonitorClass MSMouse MSNdis MSParallel MSPower MSSerial MSStorageDriver MSTapeDriver WHEA
  `
    .trim()
    .split(/\s+/)
    .map(nameKey),
);

/** Whether Windows has a class of that name without data items for its derived classes. */
export function isPlainClass(name: string): boolean {
  return PLAIN_CLASSES.has(nameKey(name));
}

const byKey: ReadonlyMap<string, BuiltInClass> = new Map(
  BUILT_IN_CLASSES.map((each) => [nameKey(each.name), each]),
);

/** The built-in class of that name, in any case. */
export function builtInClass(name: string): BuiltInClass | undefined {
  return byKey.get(nameKey(name));
}

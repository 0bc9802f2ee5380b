/**
 * The functions of the generated source that a driver calls and that hand on to the C runtime core, as far as both driver models
 * have them: instances and events.
 *
 * It must not know driver models but for the types of a device and of an instance.
 */
import { type CFunction, handOnFunction } from './c-function.js';
import { type Flavor, isNamed } from './flavor.js';
import { type ProviderPlan } from './plan.js';

/** The parameter that stands for a device and all its instances, and the types that go with it. */
export interface CallOwner {
  /** `Device` */
  readonly name: string;
  /** `WDFDEVICE` */
  readonly type: string;
}

export function instanceCalls(
  { names, registered, events, provider }: ProviderPlan,
  flavor: Flavor,
  owner: CallOwner,
): CFunction[] {
  const { words } = names;
  const { instance } = words;
  const onOwner = [`${owner.type} ${owner.name}`];
  const onInstance = [`${flavor.instance} ${instance}`];
  return [
    ...registered.flatMap((block) => {
      const { add, removeInstance, instance: first, index } = names.block(block);
      return [
        isNamed(block, flavor)
          ? handOnFunction(
              add,
              'NTSTATUS',
              [
                ...onOwner,
                `PCUNICODE_STRING ${flavor.nameWord}`,
                `${flavor.instance} *${instance}`,
              ],
              `return MofgenWmiAddNamedInstance(${owner.name}, &${provider}, ${index}, ${flavor.nameWord}, ${instance});`,
            )
          : handOnFunction(
              add,
              'NTSTATUS',
              [...onOwner, `${flavor.instance} *${instance}`],
              `return MofgenWmiAddInstance(${owner.name}, &${provider}, ${index}, ${instance});`,
            ),
        handOnFunction(
          removeInstance,
          'NTSTATUS',
          onInstance,
          `return MofgenWmiRemoveInstance(${instance}, &${provider}, ${index});`,
        ),
        handOnFunction(
          first,
          flavor.instance,
          onOwner,
          `return MofgenWmiFirstInstance(${owner.name}, &${provider}, ${index});`,
        ),
      ];
    }),
    ...events.flatMap((event) => {
      const api = names.block(event);
      const hasData = event.data.items.length > 0;
      const data = hasData ? [`const ${api.values.type} *${words.data}`] : [];
      const sent = hasData ? `${api.functions.write}, ${words.data}` : 'NULL, NULL';
      const fire = (name: string, from: string): string =>
        `return ${name}(${from}, &${provider}, ${api.index}, ${sent});`;
      return [
        handOnFunction(
          api.fireFrom,
          'NTSTATUS',
          [...onInstance, ...data],
          fire('MofgenWmiFireFrom', instance),
        ),
        handOnFunction(
          api.fire,
          'NTSTATUS',
          [...onOwner, ...data],
          fire('MofgenWmiFire', owner.name),
        ),
      ];
    }),
  ];
}

/**
 * The functions of the generated source that a driver calls and that hand on to the C runtime core, as far as both driver models
 * have them: instances and events.
 */
import { type CFunction, handOnFunction } from './c-function.js';
import { type DriverModel, isNamed } from './driver-model.js';
import { type ProviderPlan } from './plan.js';

/** The parameter for a device and all its instances, and its type. */
export interface CallOwner {
  /** `Device` */
  readonly name: string;
  /** `WDFDEVICE` */
  readonly type: string;
}

export function instanceCalls(
  { names, registered, events, provider }: ProviderPlan,
  driverModel: DriverModel,
  owner: CallOwner,
): CFunction[] {
  const { localNames } = names;
  const { instance } = localNames;
  const onOwner = [`${owner.type} ${owner.name}`];
  const onInstance = [`${driverModel.instance} ${instance}`];
  return [
    ...registered.flatMap((block) => {
      const { add, removeInstance, instance: first, index } = names.block(block);
      return [
        isNamed(block, driverModel)
          ? handOnFunction(
              add,
              'NTSTATUS',
              [
                ...onOwner,
                `PCUNICODE_STRING ${driverModel.nameParameter}`,
                `${driverModel.instance} *${instance}`,
              ],
              `return MofgenWmiAddNamedInstance(${owner.name}, &${provider}, ${index}, ${driverModel.nameParameter}, ${instance});`,
            )
          : handOnFunction(
              add,
              'NTSTATUS',
              [...onOwner, `${driverModel.instance} *${instance}`],
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
          driverModel.instance,
          onOwner,
          `return MofgenWmiFirstInstance(${owner.name}, &${provider}, ${index});`,
        ),
      ];
    }),
    ...events.flatMap((event) => {
      const api = names.block(event);
      const hasData = event.data.items.length > 0;
      const data = hasData ? [`const ${api.values.type} *${localNames.data}`] : [];
      const sent = hasData ? `${api.functions.write}, ${localNames.data}` : 'NULL, NULL';
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

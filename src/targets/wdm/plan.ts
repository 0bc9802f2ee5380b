/**
 * The names of a provider over WMILIB beside those of every driver without a framework: WMILIB's routines.
 */
import { type Model } from '../../model/model.js';
import { type DevicePlan, planDevice } from '../device/plan.js';
import { type EmitContext } from '../target.js';

/** WMILIB's routines of the MOF file: the constant with them, and the one that is the MOF file's own. */
export interface RoutineNames {
  readonly routines: string;
  readonly queryReginfo: string;
}

export interface WdmPlan extends DevicePlan {
  readonly routineNames: RoutineNames;
}

export function planWdm(model: Model, context: EmitContext): WdmPlan {
  const plan = planDevice(model, context, false);
  const { prefix } = plan.names;
  return {
    ...plan,
    routineNames: {
      routines: plan.names.claim(`${prefix}Routines`),
      queryReginfo: plan.names.claim(`${prefix}QueryReginfo`),
    },
  };
}

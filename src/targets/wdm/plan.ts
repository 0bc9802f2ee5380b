/**
 * Additional names of a provider over WMILIB: WMILIB's routines.
 */
import { type Model } from '../../model/model.js';
import { type DevicePlan, planDevice } from '../device/plan.js';
import { type EmitContext } from '../target.js';

export interface WdmPlan extends DevicePlan {
  /** WMILIB's routines of the MOF file: the constant with them, and what their names begin with. */
  readonly routines: string;
}

export function planWdm(model: Model, context: EmitContext): WdmPlan {
  const plan = planDevice(model, context, false);
  return { ...plan, routines: plan.names.claim(`${plan.names.prefix}Routines`) };
}

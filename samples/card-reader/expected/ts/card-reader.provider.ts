// The providers of card-reader.mof. This file is yours: mofgen wrote it once and never touches it again.

import * as wmi from "mofgen/runtime";
import {
  type CardReader_SlotState,
  type CardReader_SlotState_Changes,
  type CardReader_SlotState_Provider,
  type CardReader_SlotState_Lock_Input,
  type CardReader_SlotState_Lock_Output,
  type CardReader_SlotState_Forget_Input,
  type CardReader_SlotState_Forget_Output,
  type CardReader_Statistics,
  type CardReader_Statistics_Provider,
  registerCardReader,
  type CardReaderRegistration,
} from "./card-reader.g.js";

/**
 * What one slot of the reader is doing.
 *
 * Keeps the values of one CardReader_SlotState in memory.
 */
export class CardReader_SlotState_InMemory implements CardReader_SlotState_Provider {
  data: CardReader_SlotState = {
    Version: 0,
    State: 0,
    Rights: 0,
    Holder: "",
    Lock: false,
    LastKey: {
      Bytes: new Uint8Array(16),
      LastUsed: wmi.ZERO_INTERVAL,
    },
    Remark: "",
  };
  /** The last input of `Lock`. */
  lastLock: CardReader_SlotState_Lock_Input | undefined;
  /** The last input of `Forget`. */
  lastForget: CardReader_SlotState_Forget_Input | undefined;

  query(): CardReader_SlotState {
    return this.data;
  }

  set(changes: CardReader_SlotState_Changes): wmi.NtStatus {
    this.data = { ...this.data, ...changes };
    return wmi.STATUS_SUCCESS;
  }

  /**
   * Locks the slot, or gives the card back.
   *
   * WmiMethodId 10.
   */
  Lock(
    input: CardReader_SlotState_Lock_Input,
  ): wmi.MethodReturn<CardReader_SlotState_Lock_Output> {
    this.lastLock = input;
    return {
      Outcome: 0,
    };
  }

  /**
   * Takes a key off the reader.
   *
   * WmiMethodId 11.
   */
  Forget(
    input: CardReader_SlotState_Forget_Input,
  ): wmi.MethodReturn<CardReader_SlotState_Forget_Output> {
    this.lastForget = input;
    return {
      Key: input.Key,
    };
  }
}

/**
 * Counters that all readers have.
 *
 * Keeps the values of one CardReader_Statistics in memory.
 */
export class CardReader_Statistics_InMemory implements CardReader_Statistics_Provider {
  data: CardReader_Statistics = {
    CardsRead: 0n,
  };

  query(): CardReader_Statistics {
    return this.data;
  }
}

/** Registers one instance of every block of card-reader.mof on `device`. */
export function registerProviders(
  device: wmi.KmdfDevice,
): CardReaderRegistration {
  return registerCardReader(device, {
    CardReader_SlotState: new CardReader_SlotState_InMemory(),
    CardReader_Statistics: new CardReader_Statistics_InMemory(),
  });
}

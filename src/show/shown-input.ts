/** The input of each form of `mofgen show`: the models of a run with the names of their inputs. */
import { type Model } from '../model/model.js';

export interface ShownInput {
  /** The path as it was given, or `<stdin>`. */
  readonly name: string;
  /** The names of all files read, the input first, in the order of their first use. */
  readonly filesRead: readonly string[];
  readonly model: Model;
}

/** An input that may have errors. */
export interface PartialShownInput extends ShownInput {
  readonly hasErrors: boolean;
  /** The names of the classes with errors, in lower case. */
  readonly faulty: ReadonlySet<string>;
}

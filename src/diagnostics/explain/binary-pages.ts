/** The pages about what a binary MOF cannot hold: MOF5xxx. Plain data. */
import { type Page, plain } from './page.js';

const COMPILED = { command: 'compile', args: ['-o', 'fan.bmf'] } as const;

export const BINARY_PAGES = {
  MOF5001: {
    what: 'A binary MOF cannot hold this value. It holds integers of up to 64 bits, finite real numbers, strings that end with their first zero character, and lists of such values: no list in a list, and no NULL in a list. This code is also given for a text with more objects, members or bytes than mofgen writes into a binary MOF; no known file comes near.',
    windows:
      'Not known. A WMI string ends with its first zero character, too, so the text after it would be lost without a warning.',
    wrong: `[Description("Fan\\x0000Pump")]\n${plain('Fan', 'uint32 Speed;')}`,
    right: `[Description("Fan, Pump")]\n${plain('Fan', 'uint32 Speed;')}`,
    setting: COMPILED,
  },
  MOF5002: {
    what: 'All values of a list have one type in a binary MOF, and this list has values of several kinds. Integers among real numbers become real numbers. Nothing else is converted, since a reader would get another value than the MOF has.',
    windows: 'Not known.',
    wrong: `[Speeds{1, "fast"}]\n${plain('Fan', 'uint32 Speed;')}`,
    right: `[Speeds{"1", "fast"}]\n${plain('Fan', 'uint32 Speed;')}`,
    setting: COMPILED,
  },
  MOF5003: {
    what: 'Only a method can be of type void, which means that it returns nothing. A property or a parameter has a value, and a binary MOF has no type void for it.',
    windows: 'Not known.',
    wrong: plain('Fan', 'void Speed;'),
    right: plain('Fan', 'uint32 Speed;'),
    setting: COMPILED,
  },
  MOF5004: {
    what: 'A binary MOF holds classes and instances, but no commands that delete them. The directive is left out, so the class or instance that it names is kept when the binary MOF is loaded.',
    windows:
      'Documented for MOF text that mofcomp puts into a repository. No binary MOF with it is known.',
    wrong: `#pragma deleteclass("Pump", nofail)\n\n${plain('Fan', 'uint32 Speed;')}`,
    right: plain('Fan', 'uint32 Speed;'),
    setting: COMPILED,
  },
} as const satisfies Record<string, Page>;

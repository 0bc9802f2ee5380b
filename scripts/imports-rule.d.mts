import { type Linter } from 'eslint';

export declare const allowedImports: NonNullable<
  NonNullable<Linter.Config['plugins']>[string]['rules']
>[string];

// The lint rules: eslint's and typescript-eslint's recommended type-checked sets, plus the few rules of our own.
import eslint from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { ALLOWED_IMPORTS } from './allowed-imports.js';
import { allowedImports } from './scripts/imports-rule.mjs';

export default defineConfig(
  globalIgnores([
    'build/',
    'dist/',
    'coverage/',
    'samples/repos/',
    'scripts/consumers/program/',
    '**/node_modules/',
  ]),
  eslint.configs.recommended,
  tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['allowed-imports.js', 'eslint.config.js'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      eqeqeq: 'error',
    },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } },
  },
  {
    // The shipped code talks through its own output module, never through the console.
    files: ['src/**/*.ts', 'grammar/**/*.ts'],
    plugins: { mofgen: { rules: { 'allowed-imports': allowedImports } } },
    rules: { 'no-console': 'error', 'mofgen/allowed-imports': ['error', ALLOWED_IMPORTS] },
  },
);

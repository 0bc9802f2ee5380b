import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { format } from '@wasm-fmt/clang-format';
import { test } from 'vitest';
test('cf', () => {
  const style = readFileSync('.clang-format', 'utf8');
  for (const f of [...readdirSync('/tmp/g12/kmdf', {recursive:true}).map((x) => '/tmp/g12/kmdf/'+String(x)).filter((x) => /[.][ch]$/.test(x)), ...readdirSync('src/runtime-c').map((x)=>'src/runtime-c/'+x)]) {
    const t = readFileSync(f, 'utf8');
    const g = format(t, 'text.c', style);
    if (g !== t) { writeFileSync('/tmp/cf.out', g); console.log('DIFF', f); writeFileSync(`/tmp/cf-${f.replace(/.*\//, '')}`, g); }
  }
});

// The interpreter itself, where PowerShell differs from other languages: tested independently of the scripts that it runs.
import { expect, test } from 'vitest';
import { Scope, Shell } from './interpreter.js';
import { Hash, Num, PsError, textOf, type Value } from './values.js';

/** What `$x` is after the code. */
function x(code: string): unknown {
  const scope = new Scope();
  new Shell({ Two: () => ['a', 'b'], None: () => [] }).script(code, scope);
  const plain = (value: Value): unknown => {
    if (value instanceof Num) return Number(value.value);
    if (Array.isArray(value)) return value.map(plain);
    if (value instanceof Hash) {
      return Object.fromEntries(value.pairs().map(([key, each]) => [key, plain(each)]));
    }
    return value === null || typeof value !== 'object' ? value : textOf(value);
  };
  return plain(scope.find('x') ?? null);
}

test.each<readonly [string, string, unknown]>([
  ['one output is no list', "$x = @('a') | Where-Object { $true }", 'a'],
  ['several outputs are one', '$x = Two', ['a', 'b']],
  ['no output is null', '$x = None', null],
  ['a list of no output has no element', '$x = @(None).Count', 0],
  ['a function unrolls a list', "function F {\n@('a')\n}\n$x = F", 'a'],
  ['a comma keeps it', "function F {\n, @('a')\n}\n$x = F", ['a']],
  ['a list in parentheses stays one', "$x = ('a', 'b')", ['a', 'b']],
  ['what comes before return is output', "function F {\n'a'\nreturn 'b'\n}\n$x = F", ['a', 'b']],
  [
    'what comes before return in a loop is output',
    "function F {\nforeach ($e in 'a', 'b') {\n$e\nif ($e -eq 'b') {\nreturn\n}\n}\n'c'\n}\n$x = F",
    ['a', 'b'],
  ],
  [
    'continue keeps what was written',
    "function F {\nforeach ($e in 'a', 'b') {\n$e\ncontinue\n'c'\n}\n}\n$x = F",
    ['a', 'b'],
  ],
  ['the left side decides', "$x = '10' -eq 10", true],
  ['case does not count', "$x = 'A' -eq 'a'", true],
  ['with a case-sensitive operator', "$x = 'A' -ceq 'a'", false],
  ['a comma binds more than a star', '$x = , 0 * 3', [0, 0, 0]],
  ['keys have no case', "$h = @{ Name = 1 }\n$x = $h['NAME']", 1],
  ['a key that is not there is null', "$h = @{}\n$x = $null -eq $h['a']", true],
  ['an assignment in a function is its own', '$x = 1\nfunction F {\n$x = 2\n}\nF', 1],
  ['a function reads what its caller has', 'function F {\n$y\n}\n$y = 3\n$x = F', 3],
  ['the block of ForEach-Object has no scope', '$x = 1\nTwo | ForEach-Object { $x = $_ }', 'b'],
  ['all clauses of switch are tried', "$x = switch ('a') {\n'a' { 1 }\n'A' { 2 }\n}", [1, 2]],
  ['default is for no match', "$x = switch ('a') {\n'b' { 1 }\ndefault { 2 }\n}", 2],
  ['a failed cast ends in catch', "try {\n$x = [byte] 256\n}\ncatch {\n$x = 'no'\n}", 'no'],
  ['finally runs in any case', "try {\n$y = 1\n}\nfinally {\n$x = 'done'\n}", 'done'],
  ['double quotes have values', '$y = 5\n$x = "a$y b"', 'a5 b'],
  ['single quotes have none', "$x = 'a$y'", 'a$y'],
  ['an empty list is false', '$x = -not @()', true],
  ['hashtables add up', '$h = @{ A = 1 } + @{ B = 2 }\n$x = $h', { A: 1, B: 2 }],
  [
    'splatting names parameters',
    'function F {\nparam([object] $A, [object] $B)\n$B\n}\n$h = @{ B = 2 }\n$x = F @h',
    2,
  ],
])('%s', (_what, code, want) => {
  expect(x(code)).toEqual(want);
});

test.each([
  ['a variable without a value', '$x = $y'],
  ['a command that is not there', 'Nothing'],
  ['a parameter that is not there', 'function F {\nparam([object] $A)\n$A\n}\nF -B 1'],
  ['a property that is not there', "$x = 'a'.Nothing"],
  ['a key that is there twice', '$x = @{ A = 1; a = 2 }'],
  ['an operator that it does not know', '$x = 1 -bor 2'],
])('refuses %s', (_what, code) => {
  expect(() => x(code)).toThrow(/./);
});

test('an error of the script is one of PowerShell', () => {
  expect(() => x("throw 'no'")).toThrow(PsError);
});

/** Converts a value of the syntax tree to plain data. */
import { type Value } from '../../grammar/ast.js';
import { type DeclaredValue } from './model.js';

export function declaredValue(node: Value): DeclaredValue {
  switch (node.kind) {
    case 'String':
    case 'Char':
    case 'Integer':
    case 'Real':
    case 'Boolean':
      return node.value;
    case 'Null':
      return null;
    case 'Array':
      return node.elements.map(declaredValue);
    case 'Alias':
      return { alias: node.name };
    case 'Identifier':
      return { name: node.name };
    case 'Instance':
      return {
        instanceOf: node.className.name,
        alias: node.alias?.name,
        properties: node.properties.map(({ name, value }) => ({
          name: name.name,
          value: value === undefined ? null : declaredValue(value),
        })),
      };
    default:
      return node satisfies never;
  }
}

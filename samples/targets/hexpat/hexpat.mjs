// A target of mofgen: patterns for the hex editor ImHex, which show the data of WMI blocks field by field.
//
//   mofgen smart-fan.mof -t ./hexpat.mjs -o out --base-address 64

/** Words of the pattern language that no member can have as its name. */
const RESERVED = new Set(
  (
    'addressof as auto be bitfield bool break char char16 const continue double else enum false float fn for from if import in le ' +
    'match namespace null out padding parent ref reference return sizeof str struct this true try typenameof union unsigned using while'
  ).split(' '),
);

/** @param {string} name */
function nameOf(name) {
  return RESERVED.has(name) || /^[us]\d+$/.test(name) ? `${name}_` : name;
}

/** The type of one element. @param {import('mofgen/target').WireItem} item */
function typeOf({ type, layout }) {
  switch (type.kind) {
    case 'boolean':
      return 'bool';
    case 'integer':
      return `${type.signed ? 's' : 'u'}${type.bits}`;
    case 'char16':
      return 'char16';
    case 'datetime':
      return 'WmiDatetime';
    case 'string':
      // Drivers write a string with MaxLen as long as it can be.
      return type.maxLength === undefined ? 'WmiString' : `WmiSlot<${layout.elementSize}>`;
    case 'structure':
      return nameOf(type.structure.name);
    default:
      throw new Error(`'${type.kind}' is not known`);
  }
}

/** `[4]` of an array. @param {import('mofgen/target').ItemCount} count */
function extentOf(count) {
  switch (count.kind) {
    case 'scalar':
      return '';
    case 'fixed':
      return `[${count.length}]`;
    case 'sizedBy':
      return `[${nameOf(count.item)}]`;
    case 'rest':
      return '[while(!std::mem::eof())]';
    default:
      throw new Error(`'${count.kind}' is not known`);
  }
}

/** The blocks, each after those that it embeds. @param {import('mofgen/target').Model} model */
function inOrder({ blocks }) {
  const found = new Set();
  const visit = (block) => {
    for (const { type } of block.data.items) {
      if (type.kind === 'structure') visit(type.structure);
    }
    found.add(block);
  };
  blocks.forEach(visit);
  return [...found];
}

/** What the template prints. Offsets, sizes and alignments are those of the model. */
function view(model, { sourceName, options: { baseAddress = 0 } }) {
  const structs = inOrder(model).map(({ name, role, data }) => ({
    name: nameOf(name),
    role,
    alignment: data.layout.alignment,
    members: data.items.map((item) => ({
      alignment: item.layout.alignment,
      type: typeOf(item),
      name: nameOf(item.name),
      extent: extentOf(item.count),
    })),
  }));
  const placed = structs.filter(({ role }) => role !== 'structure');
  return { sourceName, structs, placed, address: `0x${baseAddress.toString(16)}` };
}

export default ({ defineTarget, templatesIn }) => {
  const render = templatesIn(new URL('templates/', import.meta.url));
  return defineTarget({
    name: 'hexpat',
    summary: 'ImHex: a pattern that shows the data of a block field by field',
    options: {
      baseAddress: {
        type: 'number',
        min: 0,
        max: 0x7fff_fff8,
        summary: 'where the data of a block begins in the file, a multiple of 8 (default: 0)',
      },
    },
    fileNames: (base) => [{ name: `${base}.hexpat`, owner: 'mofgen' }],
    emit: (model, context) => [
      {
        name: `${context.base}.hexpat`,
        owner: 'mofgen',
        text: render('blocks', view(model, context)),
      },
    ],
  });
};

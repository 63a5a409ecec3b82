// Pictures small enough for a repository: a screenshot is rewritten with a palette of 256 colours.

import { deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const COLOURS = 256;

/** Pixels of a PNG of 8 bits, with or without alpha: `{ width, height, rgb }`, three bytes a pixel; alpha is dropped. */
export function decode(png) {
  const parts = chunks(png);
  const header = parts.find(({ type }) => type === 'IHDR').data;
  const [width, height, depth, kind, interlaced] = [
    header.readUInt32BE(0), header.readUInt32BE(4), header[8], header[9], header[12],
  ];
  if (depth !== 8 || ![2, 6].includes(kind) || interlaced) throw new Error('only plain 8-bit colour PNG can be read');
  const size = kind === 6 ? 4 : 3;
  const raw = inflateSync(Buffer.concat(parts.filter(({ type }) => type === 'IDAT').map(({ data }) => data)));
  const bytes = unfilter(raw, width * size, height, size);
  const rgb = Buffer.alloc(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel += 1) bytes.copy(rgb, pixel * 3, pixel * size, pixel * size + 3);
  return { width, height, rgb };
}

/** A PNG with at most 256 colours: where there are more, shades that are alike become one. */
export function encodeWithPalette({ width, height, rgb }) {
  const colours = palette(rgb);
  const nearest = new Map();
  const lines = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 3;
      const colour = rgb.readUIntBE(at, 3);
      if (!nearest.has(colour)) nearest.set(colour, closest(colours, colour));
      lines[y * (width + 1) + 1 + x] = nearest.get(colour);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const table = Buffer.from(colours.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  const parts = [['IHDR', header], ['PLTE', table], ['IDAT', deflateSync(lines, { level: 9 })], ['IEND', Buffer.alloc(0)]];
  return Buffer.concat([SIGNATURE, ...parts.map(([type, data]) => chunk(type, data))]);
}

function palette(rgb) {
  const counts = new Map();
  for (let at = 0; at < rgb.length; at += 3) {
    const colour = rgb.readUIntBE(at, 3);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  for (let bits = 8; ; bits -= 1) {
    const groups = alike(counts, bits);
    if (groups.size <= COLOURS) return [...groups.values()];
  }
}

/** Shades that agree in their first bits count as one, by their most frequent member. */
function alike(counts, bits) {
  const part = (0xff << (8 - bits)) & 0xff;
  const mask = (part << 16) | (part << 8) | part;
  const groups = new Map();
  for (const [colour, count] of counts) {
    const leader = groups.get(colour & mask);
    if (leader === undefined || count > counts.get(leader)) groups.set(colour & mask, colour);
  }
  return groups;
}

function closest(colours, wanted) {
  let [best, least] = [0, Infinity];
  colours.forEach((colour, index) => {
    const [red, green, blue] = [16, 8, 0].map((shift) => ((colour >> shift) & 255) - ((wanted >> shift) & 255));
    const distance = 2 * red * red + 4 * green * green + 3 * blue * blue;
    if (distance < least) [best, least] = [index, distance];
  });
  return best;
}

function unfilter(raw, stride, height, size) {
  const bytes = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (stride + 1)];
    for (let x = 0; x < stride; x += 1) {
      const left = x >= size ? bytes[y * stride + x - size] : 0;
      const up = y > 0 ? bytes[(y - 1) * stride + x] : 0;
      const corner = x >= size && y > 0 ? bytes[(y - 1) * stride + x - size] : 0;
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter];
      bytes[y * stride + x] = raw[y * (stride + 1) + 1 + x] + guess;
    }
  }
  return bytes;
}

function paeth(left, up, corner) {
  const guess = left + up - corner;
  const [toLeft, toUp, toCorner] = [left, up, corner].map((value) => Math.abs(guess - value));
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

function chunks(png) {
  const parts = [];
  for (let at = SIGNATURE.length; at < png.length;) {
    const length = png.readUInt32BE(at);
    parts.push({ type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) });
    at += length + 12;
  }
  return parts;
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(data.length, 0);
  body.copy(whole, 4);
  whole.writeUInt32BE(checksum(body), body.length + 4);
  return whole;
}

function checksum(bytes) {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return (sum ^ 0xffffffff) >>> 0;
}

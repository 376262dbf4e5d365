export {
  bytes,
  checksum,
  compact,
  count,
  counted,
  duration,
  fixed,
  listed,
  megabytes,
  percent,
  power,
  significant,
  tickCount,
  tickDuration,
} from './numbers.js';
export { invisible, visible } from './visible.js';

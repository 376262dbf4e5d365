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
export { eraseLine, printable, Styled, styled } from './styled.js';
export { visible, visibleJson, visibleLine } from './visible.js';

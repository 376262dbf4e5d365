export {
  bytes,
  compact,
  count,
  counted,
  duration,
  fixed,
  percent,
  power,
  significant,
  tickCount,
  tickDuration,
} from './numbers.js';

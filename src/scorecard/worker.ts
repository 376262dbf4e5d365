import { answered } from '#run';
import { type ToTest, testedOn } from './tested.js';

/** The thread's side of a scorecard. */
export const tested = (task: ToTest) => answered(() => testedOn(task));

import { grouped } from '#collections';
import type { Unit } from './units.js';

/**
 * What of a baseline a part of its run is held against: the scenarios, series and facts that the part has. Several repositories may have one
 * name, being of other content; of these the part has some, and each is held against the one that is most like it.
 */
export function partOf(all: readonly Unit[], found: readonly Unit[]): Unit[] {
  const here = grouped(found, ({ of }) => of);
  return [...grouped(all, ({ of }) => of)].flatMap(([of, units]) => {
    const present = here.get(of);
    if (present === undefined) return [];
    const namesakes = units.length > 1 && units.every(isItself);
    return namesakes ? nearest(units, present) : units;
  });
}

/** Not a step of a scenario, nor a point of a series. */
function isItself({ subject, of }: Unit): boolean {
  return subject === of || (subject.startsWith(`${of} (`) && subject.endsWith(')'));
}

function nearest(units: readonly Unit[], present: readonly Unit[]): Unit[] {
  const left = [...units];
  return present.flatMap((unit) => {
    const [best] = [...left].sort((one, other) => alike(other, unit) - alike(one, unit));
    if (best === undefined) return [];
    left.splice(left.indexOf(best), 1);
    return [{ ...best, subject: unit.subject }];
  });
}

function alike(unit: Unit, other: Unit): number {
  return [...unit.aspects].filter(([aspect, value]) => other.aspects.get(aspect) === value).length;
}

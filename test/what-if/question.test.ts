import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '#errors';
import { loadBuiltinHardware } from '#hardware';
import { verbs } from '#scenario';
import {
  type Question,
  questionAddress,
  questionCommand,
  questionOfAddress,
  questionScenario,
  questionSchema,
} from '#what-if';

const name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9 ._+&=%#'()-]{0,20}$/).filter((text) => text.trim() === text);
const names = fc.array(name, { maxLength: 3 });

const questions: fc.Arbitrary<Question> = fc
  .record({
    request: fc.record({
      verb: fc.constantFrom(...verbs),
      names,
      noRecommends: fc.boolean(),
      allowUninstall: fc.boolean(),
    }),
    scheme: name,
    kernels: fc.uniqueArray(name, { minLength: 1, maxLength: 3 }),
    hardware: fc.constantFrom('laptop-e1000e', null),
    had: names,
    withhold: names,
    change: names,
    locks: names,
    swaps: fc.array(fc.record({ device: fc.constant('Wired network card'), modalias: name }), { maxLength: 1 }),
  })
  .filter((question) => questionSchema.safeParse(question).success);

describe('a question', () => {
  it('is the same after the way through an address', () => {
    fc.assert(
      fc.property(questions, (question) => {
        expect(questionOfAddress(questionAddress(question))).toEqual(question);
      }),
    );
  });

  it('comes to a scenario that is read back, whatever its names hold', async () => {
    const laptop = await loadBuiltinHardware('laptop-e1000e');
    fc.assert(
      fc.property(questions, (question) => {
        fc.pre(question.hardware !== null || question.swaps.length === 0);
        const { scenario } = questionScenario(question, question.hardware === null ? null : laptop);
        const last = scenario.steps.at(-1);
        expect(last?.request).toMatchObject(question.request);
        expect(last?.repositories).toEqual(question.kernels);
        expect(last?.system?.locks ?? []).toEqual(question.locks);
        expect(scenario.steps).toHaveLength(question.had.length === 0 ? 1 : 2);
      }),
      { numRuns: 30 },
    );
  });

  it('withholds packages of the last kernel alone', () => {
    const question = questionOfAddress('verb=up&kernel=a&kernel=b&withhold=e1000e-kmp-default');
    const { repositories } = questionScenario(question, null).scenario;
    expect([repositories['a']?.without, repositories['b']?.without]).toEqual([undefined, ['e1000e-kmp-default']]);
  });

  it('is quoted for a shell', () => {
    const question = questionOfAddress("verb=in&name=kmod(tun.ko)&kernel=k&lock=it's");
    expect(questionCommand(question)).toBe(
      "kmplab solve in 'kmod(tun.ko)' --scheme modular --kernel k --lock 'it'\\''s'",
    );
  });

  it.each([
    ['verb=eat&kernel=k', 'request.verb'],
    ['verb=up', 'kernels'],
    ['verb=up&kernel=k&swap=card', 'exchanges no device'],
    ['verb=in&kernel=k', 'needs at least one name'],
  ])('is refused where it is none: %s', (address, problem) => {
    expect(() => questionOfAddress(address)).toThrow(InputError);
    expect(() => questionOfAddress(address)).toThrow(problem);
  });

  it('names the device that was probably meant', async () => {
    const laptop = await loadBuiltinHardware('laptop-e1000e');
    const question = questionOfAddress('verb=up&kernel=k&swap=Wired network crad=pci:v1');
    expect(() => questionScenario(question, laptop)).toThrow('write "Wired network card"');
  });
});

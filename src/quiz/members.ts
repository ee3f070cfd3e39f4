import { shownLetters } from '../asking/asked.js';
import { isRight } from './awards.js';
import type { Game, Player, Round } from './game.js';
import { answersIn, countingVotes, type QuizAnswer } from './given.js';
import type { QuizPart } from './member-data.js';
import { playerOf, playersOf, type QuizState } from './players.js';
import type { QuizStorage } from './storage.js';

/** What quizzes keep of a member. */
export class QuizMembers {
  readonly #storage: QuizStorage;

  constructor(storage: QuizStorage) {
    this.#storage = storage;
  }

  /**
   * Removes a member's answers and entries, then, by `leave`, their place in the quiz. After a failure: once more.
   * @param leave takes them out of a quiz's record
   */
  async forget(guildId: string, member: string, leave: (id: string) => Promise<void>): Promise<void> {
    for await (const ids of this.#storage.all.segments(guildId)) {
      const games = await this.#storage.games.getMany(ids);
      for (const [id, game] of games) {
        if (!mayMention(game, member)) continue;
        // These first: while they are there, the game tells that they have to go.
        await this.#storage.answers.drop(id, (row) => row.member === member);
        await this.#storage.entries.drop(id, (row) => row.member === member);
        await leave(id);
      }
    }
  }

  /** Their part in each quiz of a server; undefined when they were in none. What is still secret is left out. */
  async export(guildId: string, member: string): Promise<unknown> {
    const found: QuizPart[] = [];
    for await (const ids of this.#storage.all.segments(guildId)) {
      for (const id of ids) {
        const own = await this.#storage.look(id, (state) => partOf(state, member));
        if (own) found.push(own);
      }
    }
    return found.length > 0 ? found : undefined;
  }

  /** Hosts and players of all quizzes of a server, and who has answered in one. */
  async *people(guildId: string): AsyncGenerator<string> {
    for await (const id of this.#storage.all.rows(guildId)) {
      const members = await this.#storage.look(id, peopleIn);
      yield* members ?? [];
    }
  }
}

/** An unfinished game does not name all who came. */
const mayMention = ({ hostId, players, phase }: Game, member: string): boolean =>
  hostId === member || Object.hasOwn(players, member) || phase.name !== 'over';

function peopleIn(state: QuizState): string[] {
  const { game, given, entries } = state;
  const votes = [...given.byRound.values(), ...given.second.values()];
  return [
    game.hostId,
    ...Object.keys(playersOf(state)),
    ...entries.rows.keys(),
    ...votes.flatMap((vote) => [...vote.keys()]),
  ];
}

/** What was chosen: as it stood on the card until the answer is shown, for the bank's numbers tell the right order. */
const chosen = ({ asked, shown: isShown }: Round, { shown }: QuizAnswer) =>
  isShown ? { options: shown.map((letter) => asked.order[letter]) } : { letters: shownLetters(shown) };

const chosenFirst = ({ asked, shown: isShown }: Round, { shown }: QuizAnswer) =>
  isShown ? { firstVote: shown.map((letter) => asked.order[letter]) } : { firstLetters: shownLetters(shown) };

/** Who left before the quiz began is named until it is over. */
function goneFrom({ entries }: QuizState, member: string): Pick<Player, 'name' | 'present'> | undefined {
  const entry = entries.rows.get(member);
  return entry && { name: entry.name, present: entry.present };
}

function partOf(state: QuizState, member: string): QuizPart | undefined {
  const { game, given } = state;
  const player = playerOf(state, member) ?? goneFrom(state, member);
  const answers = game.rounds.flatMap((round, index) => {
    const answer = countingVotes(state, index).get(member);
    const first = round.second ? answersIn(given, index).get(member) : undefined;
    if (!answer && !first) return [];
    return [
      {
        round: index + 1,
        question: round.asked.questionId,
        ...(first && { ...chosenFirst(round, first), firstText: first.text, firstAt: first.at }),
        ...(answer && { ...chosen(round, answer), text: answer.text, at: answer.at }),
        ...(answer && round.shown && { right: isRight(round, answer) }),
      },
    ];
  });
  if (!player && answers.length === 0 && game.hostId !== member) return undefined;
  return { quiz: game.id, startedAt: game.createdAt, isHost: game.hostId === member, ...player, answers };
}

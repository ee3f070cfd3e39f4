import type { SKRSContext2D } from '@napi-rs/canvas';
import { drawPicture, type FontOf, faint, ink, paper } from '../podium/canvas.js';
import { shortDate, weekdayNames } from '../time/date-names.js';
import { dateOf, dayOf, mondayOf } from '../time/days.js';
import type { PlanDay } from './rules.js';
import { mainPhase } from './stretches.js';
import { phaseMarks } from './words.js';
import type { StudyPhase } from './work.js';

/** Twice what a phone shows: the smallest letters are ten pixels high there. */
const width = 728;
const edge = 14;
const column = (width - 2 * edge) / 7;
const headHeight = 44;
const rowHeight = 92;
/** Longer plans leave out weeks in the middle. */
const mostWeeks = 8;

/** Told apart by their brightness too; each day has its word besides. */
const colours: Readonly<Record<StudyPhase, string>> = {
  basics: '#3b6fd4',
  depth: '#2f9e6e',
  security: '#c2497d',
  apis: '#8a5bd1',
  deployment: '#b7701c',
  again: '#c7483a',
  wider: '#5d6572',
};
const gold = '#f0b429';
const empty = '#383a40';
const mockOnly = '#1d7f8c';

interface CalendarView {
  readonly today: string;
  /** Of the interview. */
  readonly date: string;
  /** From today on. */
  readonly days: readonly PlanDay[];
}

/** A PNG with a row for each week from today to the interview, and a word for each day. */
export async function renderCalendar({ today, date, days }: CalendarView): Promise<Buffer> {
  const weeks = weeksOf(today, date);
  const height = headHeight + weeks.length * rowHeight + edge;
  const byDate = new Map(days.map((day) => [day.date, day]));
  const written = [...Object.values(phaseMarks), ...weekdayNames, shortDate(date), marks, '0123456789…'];
  return drawPicture({ width, height }, [...written, ...monthLetters(weeks)], (context, font) => {
    context.fillStyle = paper;
    context.fillRect(0, 0, width, height);
    context.textAlign = 'center';
    drawHead(context, font);
    for (const [row, week] of weeks.entries()) {
      const top = headHeight + row * rowHeight;
      if (week === undefined) drawGap(context, font, top);
      else
        for (let index = 0; index < 7; index++) {
          const day = dateOf(week + index);
          const isShown = day >= today && day <= date;
          drawDay(context, font, {
            left: edge + index * column,
            top,
            label:
              index === 0 || day === today || day.endsWith('-01')
                ? shortDate(day)
                : String(Number(day.slice(8))),
            isToday: day === today,
            isInterview: day === date,
            isShown,
            planned: byDate.get(day),
          });
        }
    }
  });
}

const marks = 'interview mock free done';

/** Mondays; undefined stands for weeks that are left out. */
function weeksOf(today: string, date: string): (number | undefined)[] {
  const first = mondayOf(dayOf(today));
  const count = (mondayOf(dayOf(date)) - first) / 7 + 1;
  const all = Array.from({ length: count }, (_, index) => first + 7 * index);
  return count <= mostWeeks ? all : [...all.slice(0, mostWeeks - 2), undefined, all.at(-1)];
}

const monthLetters = (weeks: readonly (number | undefined)[]): string[] =>
  weeks.flatMap((week) => (week === undefined ? [] : [shortDate(dateOf(week)), shortDate(dateOf(week + 6))]));

function drawHead(context: SKRSContext2D, font: FontOf): void {
  context.font = font(24, 600);
  context.fillStyle = faint;
  for (const [index, name] of weekdayNames.entries())
    context.fillText(name, edge + (index + 0.5) * column, 32);
}

function drawGap(context: SKRSContext2D, font: FontOf, top: number): void {
  context.font = font(34, 600);
  context.fillStyle = faint;
  context.fillText('…', width / 2, top + rowHeight / 2 + 8);
}

interface DayView {
  readonly left: number;
  readonly top: number;
  readonly label: string;
  readonly isToday: boolean;
  readonly isInterview: boolean;
  /** False before today and after the interview. */
  readonly isShown: boolean;
  readonly planned: PlanDay | undefined;
}

function drawDay(context: SKRSContext2D, font: FontOf, view: DayView): void {
  const { left, top, label, isToday, isInterview, isShown, planned } = view;
  const phase = planned && mainPhase(planned);
  const fill = isInterview ? gold : phase ? colours[phase] : planned?.mock ? mockOnly : empty;
  context.globalAlpha = isShown ? 1 : 0.35;
  context.fillStyle = fill;
  context.beginPath();
  context.roundRect(left + 3, top + 3, column - 6, rowHeight - 6, 10);
  context.fill();
  if (isToday) {
    context.strokeStyle = ink;
    context.lineWidth = 4;
    context.stroke();
  }
  const middle = left + column / 2;
  context.fillStyle = isInterview ? '#1e1f22' : ink;
  context.font = font(26, 700);
  context.fillText(label, middle, top + 36);
  const lines = isInterview ? ['interview'] : isShown ? wordsOf(planned, phase, isToday) : [];
  context.font = font(lines.length > 1 ? 20 : 23, 500);
  for (const [index, line] of lines.entries())
    context.fillText(line, middle, top + (lines.length > 1 ? 58 + index * 22 : 68), column - 10);
  context.globalAlpha = 1;
}

function wordsOf(planned: PlanDay | undefined, phase: StudyPhase | undefined, isToday: boolean): string[] {
  const mock = planned && planned.mock > 0 ? ['mock'] : [];
  if (phase) return [phaseMarks[phase], ...mock];
  if (mock.length > 0) return mock;
  return [isToday ? 'done' : 'free'];
}

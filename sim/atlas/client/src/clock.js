// The scenario's clock: minutes since its start, as the time of day where it plays.

/** @import { Album, Minute } from "./album.js" */

export class Clock {
  /** @param {Album} album */
  constructor(album) {
    const { start, end_minute, timezone } = album.scenario;
    this.end = end_minute;
    this.days = album.days;
    this.zone = known(timezone) ? timezone : "UTC";
    this.#start = Date.parse(start);
    this.#day = this.#format({ day: "numeric", month: "short" });
    this.#year = this.#format({ day: "numeric", month: "short", year: "numeric" });
    this.#time = this.#format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  }

  /** @type {number} */ #start;
  /** @type {Intl.DateTimeFormat} */ #day;
  /** @type {Intl.DateTimeFormat} */ #year;
  /** @type {Intl.DateTimeFormat} */ #time;

  /** "6 Feb, 08:00" @param {Minute} minute */
  moment(minute) {
    return `${this.day(minute)}, ${this.time(minute)}`;
  }

  /** "6 Feb" @param {Minute} minute */
  day(minute) {
    return this.#day.format(this.#date(minute));
  }

  /** "6 Feb 2022" @param {Minute} minute */
  date(minute) {
    return this.#year.format(this.#date(minute));
  }

  /** "08:00" @param {Minute} minute */
  time(minute) {
    return this.#time.format(this.#date(minute));
  }

  /** "2022-02-06T13:00Z", as commands take it @param {Minute} minute */
  stamp(minute) {
    return `${this.#date(minute).toISOString().slice(0, 16)}Z`;
  }

  /** The first midnight after a minute, or the end. @param {Minute} minute */
  dayAfter(minute) {
    return this.days.find(([midnight]) => midnight > minute)?.[0] ?? this.end;
  }

  /** The last midnight before a minute, or the start. @param {Minute} minute */
  dayBefore(minute) {
    return this.days.findLast(([midnight]) => midnight < minute)?.[0] ?? 0;
  }

  /** @param {Minute} minute */
  #date(minute) {
    return new Date(this.#start + minute * 60_000);
  }

  /** @param {Intl.DateTimeFormatOptions} options */
  #format(options) {
    return new Intl.DateTimeFormat("en-GB", { ...options, timeZone: this.zone });
  }
}

/** Whether this browser has the time zone. @param {string} timezone */
function known(timezone) {
  try {
    return new Intl.DateTimeFormat("en-GB", { timeZone: timezone }) !== null;
  } catch {
    return false;
  }
}

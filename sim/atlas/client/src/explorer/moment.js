// Moments: the stamps of answers, as the time of day where the scenario plays.

export class Moment {
  /** @param {string | null} timezone null for UTC */
  constructor(timezone) {
    const zone = timezone ?? "UTC";
    /** @type {Intl.DateTimeFormatOptions} */
    const options = { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" };
    try {
      this.#format = new Intl.DateTimeFormat("en-GB", { ...options, hourCycle: "h23", timeZone: zone });
    } catch {
      this.#format = new Intl.DateTimeFormat("en-GB", { ...options, hourCycle: "h23", timeZone: "UTC" });
    }
    this.zone = this.#format.resolvedOptions().timeZone;
  }

  /** @type {Intl.DateTimeFormat} */ #format;

  /** "6 Feb 2022, 08:00"; a dash for no time. @param {string | null | undefined} stamp */
  written(stamp) {
    return stamp === null || stamp === undefined ? "–" : this.#format.format(new Date(stamp));
  }
}

// Numbers and lengths of time as the server writes them.
const language = document.documentElement.lang;
const counts = new Intl.NumberFormat(language, { maximumFractionDigits: 0, useGrouping: "always" });
const tenths = new Intl.NumberFormat(language, { maximumFractionDigits: 1, useGrouping: "always" });

export const count = (value) => (value == null ? "–" : counts.format(value));

export function duration(seconds) {
  if (seconds == null) return "–";
  if (seconds < 10) return `${tenths.format(seconds)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  return minutes < 60 ? `${minutes} min ${whole % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

export function bytes(value) {
  const units = ["B", "KB", "MB", "GB", "TB"];
  let amount = value;
  while (amount >= 1024 && units.length > 1) {
    amount /= 1024;
    units.shift();
  }
  return `${units[0] !== "B" && amount < 10 ? tenths.format(amount) : count(amount)}\u00a0${units[0]}`;
}

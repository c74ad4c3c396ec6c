import { expect, test } from "vitest";
import { formatColour, lightness, parseColour, reshade, type Rgb } from "./colour";

const rgb = (text: string): Rgb => parseColour(text) as Rgb;

test("colours are read in both lengths and written in one", () => {
  expect(formatColour(rgb("#0af"))).toBe("#00aaff");
  expect(formatColour([300, -4, 127.6])).toBe("#ff0080");
  for (const bad of ["", "red", "#12", "#12345g"]) expect(parseColour(bad)).toBeNull();
});

test("a tint of one colour becomes the same tint of another", () => {
  expect(formatColour(reshade(rgb("#0072b2"), rgb("#0072b2"), rgb("#d55e00")) as Rgb)).toBe("#d55e00");
  const half = reshade(rgb("#80b9d9"), rgb("#0072b2"), rgb("#d55e00")) as Rgb;
  expect(half.map(Math.round)).toEqual([234, 175, 128]);
});

test("text, white and foreign hues stay", () => {
  for (const other of ["#23272e", "#ffffff", "#d55e00"]) expect(reshade(rgb(other), rgb("#0072b2"), rgb("#009e73"))).toBeNull();
});

test("lightness runs from 0 to 100 as CIE says", () => {
  expect(lightness([0, 0, 0])).toBeCloseTo(0);
  expect(lightness([255, 255, 255])).toBeCloseTo(100);
  expect(lightness([119, 119, 119])).toBeCloseTo(50, 0);
});

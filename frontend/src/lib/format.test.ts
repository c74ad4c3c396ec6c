import { expect, test } from "vitest";
import { codeOf } from "./codeFile";
import { fileName, formatBytes, formatCount, formatDuration, formatInches } from "./format";

test("numbers read as people write them", () => {
  expect([70_400, 25_636_712, 138_357_544, 3_857_973_248].map((value) => formatCount(value))).toEqual(["70,400", "25.6 M", "138 M", "3.9 G"]);
  expect([3_857_973_248, 300_774_272].map((value) => formatCount(value, 2))).toEqual(["3.86 G", "300.8 M"]);
  expect([512, 3_211_264, 147_878_736].map(formatBytes)).toEqual(["512 B", "3.2 MB", "148 MB"]);
  expect([0.0181, 0.2134, 12.4].map(formatDuration)).toEqual(["18 ms", "0.21 s", "12 s"]);
  expect([495, 252.28].map(formatInches)).toEqual(["6.875 in", "3.504 in"]);
});

test("a file name survives any title", () => {
  expect(fileName("ResNet-50, page 4")).toBe("ResNet-50-page-4");
  expect(fileName("<script>/../é")).toBe("script-e");
  expect(fileName("///")).toBe("figure");
});

test("a notebook gives its code cells, magics as comments", () => {
  const cells = [
    { cell_type: "markdown", source: ["# Title"] },
    { cell_type: "code", source: ["%matplotlib inline\n", "import keras"] },
    { cell_type: "code", source: "!pip install keras\nx = 1" },
  ];
  expect(codeOf("a.ipynb", JSON.stringify({ cells }))).toBe("# %matplotlib inline\nimport keras\n\n# !pip install keras\nx = 1\n");
  expect(codeOf("a.ipynb", "{}")).toBeNull();
  expect(codeOf("a.py", "x = 1")).toBe("x = 1");
  expect(codeOf("a.py", "  \n")).toBeNull();
});

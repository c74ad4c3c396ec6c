/** Which paper the figure is for, and how wide it may be there. */
import { Button, Menu } from "@mantine/core";
import { IconCheck, IconChevronDown } from "@tabler/icons-react";
import { useFigure, useReadOnly, useSession, useSpec } from "../../figure/context";
import { setPage } from "../../figure/edits";
import { formatInches } from "../../lib/format";
import { text } from "../../text";
import classes from "./header.module.css";

export function VenueMenu() {
  const session = useSession();
  const spec = useSpec();
  const readOnly = useReadOnly();
  const venues = useFigure((state) => state.meta?.venues) ?? [];
  if (!spec) return null;
  const { page } = spec;
  const now = venues.find((each) => each.id === page.venue);
  const column = now?.one == null || now.full == null ? "" : ` · ${page.column === "one" ? text.page.one : text.page.full}`;
  return (
    <Menu position="bottom-end" shadow="md" width={300} withinPortal>
      <Menu.Target>
        <Button variant="default" className={classes["venue"] ?? ""} rightSection={<IconChevronDown size={14} />} disabled={readOnly}>
          {`${now?.label ?? page.venue}${column}`}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah="70vh" className={classes["menu"] ?? ""}>
        {venues.flatMap((venue) =>
          (["full", "one"] as const)
            .filter((each) => venue[each] !== null)
            .map((each) => (
              <Menu.Item
                key={`${venue.id} ${each}`}
                leftSection={venue.id === page.venue && page.column === each ? <IconCheck size={14} /> : <span className={classes["gap"]} />}
                rightSection={<span className={classes["width"]}>{formatInches(venue[each] ?? 0)}</span>}
                onClick={() => { session.edit(setPage({ venue: venue.id, column: each, width: null })); }}
              >
                {venue.label}
                <span className={classes["column"]}>{venue.one !== null && venue.full !== null ? ` ${each === "one" ? text.page.one : text.page.full}` : ""}</span>
              </Menu.Item>
            )),
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

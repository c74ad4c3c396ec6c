/** Networks to start from, and the figures made on this device. */
import { api } from "../../api/client";
import { useFigure, useSession } from "../../figure/context";
import { text } from "../../text";
import classes from "./examples.module.css";

interface Props {
  /** Called once something was chosen, so that the code can be shown. */
  onChosen: () => void;
  onOpen: (id: string) => void;
}

export function Examples({ onChosen, onOpen }: Props) {
  const session = useSession();
  const examples = useFigure((state) => state.examples);
  const current = useFigure((state) => state.figure?.id);
  const recent = session.drafts.recent().filter((each) => each.id !== current);
  return (
    <div className={classes["panel"]}>
      <h2>{text.examples.title}</h2>
      {examples.length === 0 && <p>{text.examples.none}</p>}
      <ul className={classes["grid"]}>
        {examples.map((example) => {
          const [name = "", about = ""] = example.title.split(": ");
          return (
            <li key={example.id}>
              <button type="button" onClick={() => { onChosen(); void session.startNew(example.code); }}>
                <img src={api.thumbnail(example.id)} alt="" loading="lazy" />
                <b>{name}</b>
                <span>{about}</span>
              </button>
            </li>
          );
        })}
      </ul>
      {recent.length > 0 && (
        <>
          <h2>{text.examples.recent}</h2>
          <ul className={classes["list"]}>
            {recent.map((each) => (
              <li key={each.id}>
                <button type="button" onClick={() => { onOpen(each.id); }}>
                  <b>{each.title}</b>
                  <time dateTime={each.opened}>{new Date(each.opened).toLocaleDateString("en", { day: "numeric", month: "short" })}</time>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

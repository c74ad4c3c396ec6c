/** Mantine's side of the look; colours are in theme.css, because the page may carry no style element. */
import { Button, Menu, Modal, Popover, createTheme } from "@mantine/core";

export const theme = createTheme({
  primaryColor: "blue",
  cursorType: "pointer",
  components: {
    Button: Button.extend({ defaultProps: { size: "compact-md" } }),
    Menu: Menu.extend({ defaultProps: { transitionProps: { duration: 90 } } }),
    Popover: Popover.extend({ defaultProps: { transitionProps: { duration: 90 } } }),
    Modal: Modal.extend({ defaultProps: { transitionProps: { duration: 120 } } }),
  },
});

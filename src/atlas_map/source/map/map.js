/* The functions of the drawing by name: each module of this folder adds its own, and says which. */
export const map = {
  /* Where boundary files are asked for; all maps of a page share them. */
  geography: "/geography/{file}",
};

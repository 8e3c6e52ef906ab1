/* React as Dash sends it. */
export default window.React;

/** The one name that the server, its marks, the settings and the commands go by. */
export const NAME = "fsm-language";

/**
 * The sub-commands. Each parses its options, does one thing by calling the packages beside this one, and returns an exit
 * code: 0 done, 1 failed, 2 wrong usage or bad input. A failure is one line on standard error; {@code --verbose} adds the
 * stack trace.
 */
package org.isochron.ops.command;

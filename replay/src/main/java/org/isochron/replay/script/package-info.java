/**
 * Scenario files: commands as JSON lines, applied to the very same core that the venue runs, without network or disk.
 * {@link org.isochron.replay.script.ScriptParser} turns a line into a {@link org.isochron.replay.script.ScriptLine},
 * {@link org.isochron.replay.script.ScriptRunner} plays sequencer, gateway and risk node around the core, and every event
 * is printed as a JSON line. The same file always prints the same bytes. The format is described in the module's README.
 */
package org.isochron.replay.script;

package org.isochron.sequencer.chronicle;

import net.openhft.posix.PosixAPI;

/** What Chronicle Queue has to be told before its first class loads. */
final class ChronicleSettings {
    private ChronicleSettings() {}

    static void apply() {
        // It reports its use to its maker over the internet unless told not to.
        System.setProperty("chronicle.analytics.disable", "true");
        // It also greets on standard output.
        System.setProperty("chronicle.announcer.disable", "true");
        // It would compile bindings of system calls that only its synchronous mode and its toucher use, for a quarter
        // of
        // the time that a first opening takes.
        PosixAPI.useNoOpPosixApi();
    }
}

package org.isochron.sequencer.chronicle;

/**
 * What opening a journal had to mend.
 *
 * @param tornRecords    records at the end that their writer never finished, cut off: 0 or 1.
 * @param droppedFrames  frames that the head file had counted and that went with a power cut; no {@code force} had covered
 *                       them.
 * @param repairedFrames frames taken from other nodes' journals in place of damaged or lost ones.
 * @param message        all of it in words, empty when there was nothing to mend.
 */
public record JournalRecovery(long tornRecords, long droppedFrames, long repairedFrames, String message) {
    /** The journal was whole. */
    public static final JournalRecovery NONE = new JournalRecovery(0, 0, 0, "");
}

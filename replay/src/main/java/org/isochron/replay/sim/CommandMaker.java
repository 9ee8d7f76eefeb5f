package org.isochron.replay.sim;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.CancelEncoder;
import org.isochron.codecs.KillReleaseEncoder;
import org.isochron.codecs.KillSwitchEncoder;
import org.isochron.codecs.MassQuoteEncoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.NewOrderEncoder;
import org.isochron.codecs.PriceTickEncoder;
import org.isochron.codecs.ReplaceEncoder;
import org.isochron.codecs.Role;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.schema.FieldSchema;
import org.isochron.codecs.schema.GroupSchema;
import org.isochron.codecs.schema.MessageSchema;
import org.isochron.codecs.schema.Schema;
import org.isochron.codecs.shape.Entitlement;
import org.isochron.codecs.shape.MessageShape;
import org.isochron.codecs.shape.SessionMessage;

/**
 * Makes the commands of one session out of the schema: every message its role may send, field by field, sensible ones
 * mostly. A command added to the schema is made like the others. Some are spoilt: foreign templates, wrong lengths, bytes
 * turned over, anywhere but in the session's own number.
 */
final class CommandMaker {
    private static final int HEADER = MessageShape.HEADER_LENGTH;
    private static final int SEQ_NUM_END = HEADER + Integer.BYTES;
    private static final int COMMON_WEIGHT = 12;
    private static final int ORDER_WEIGHT = 60;
    private static final int RELEASE_WEIGHT = 3;
    private static final int KILL_ONE_IN = 30;

    private final Dice dice;
    private final FieldValues values;
    private final List<MessageSchema> templates = new ArrayList<>();
    private final List<MessageSchema> foreign = new ArrayList<>();
    private final int totalWeight;
    private final int spoiltPpm;
    private int templateId;

    CommandMaker(final Dice dice, final Role role, final FieldValues values, final int spoiltPpm) {
        this.dice = dice;
        this.values = values;
        this.spoiltPpm = spoiltPpm;
        int weight = 0;
        for (final MessageSchema message : Schema.venue().messages()) {
            if (Entitlement.allows(role, message.templateId())) {
                templates.add(message);
                weight += weight(message);
            } else if (message.templateId() >= 100) {
                foreign.add(message);
            }
        }
        totalWeight = weight;
    }

    private static int weight(final MessageSchema message) {
        return switch (message.templateId()) {
            case NewOrderEncoder.TEMPLATE_ID -> ORDER_WEIGHT;
            case ReplaceEncoder.TEMPLATE_ID,
                    CancelEncoder.TEMPLATE_ID,
                    MassQuoteEncoder.TEMPLATE_ID,
                    PriceTickEncoder.TEMPLATE_ID -> COMMON_WEIGHT;
            // Released more often than thrown, or nobody would trade for long.
            case KillReleaseEncoder.TEMPLATE_ID -> RELEASE_WEIGHT;
            default -> 1;
        };
    }

    /** Template of the command made last, as it was meant. */
    int templateId() {
        return templateId;
    }

    /** Makes a command at the start of the buffer and returns its length. */
    int make(final UnsafeBuffer buffer) {
        final boolean spoilt = dice.chancePpm(spoiltPpm);
        final MessageSchema message =
                spoilt && dice.oneIn(4) ? foreign.get(dice.below(foreign.size())) : templates.get(pick());
        templateId = message.templateId();
        final int length = encode(message, buffer);
        return spoilt ? spoil(buffer, length) : length;
    }

    /** Makes a message that the session may not send, so that its answer is known: a refusal. */
    int makeForeign(final UnsafeBuffer buffer) {
        final MessageSchema numbered = foreign.stream()
                .filter(message -> SessionMessage.isNumbered(message.templateId()))
                .findFirst()
                .orElseThrow();
        return encode(numbered, buffer);
    }

    private int pick() {
        int left = dice.below(totalWeight);
        int index = 0;
        while (left >= weight(templates.get(index))) {
            left -= weight(templates.get(index));
            index++;
        }
        final boolean kills = templates.get(index).templateId() == KillSwitchEncoder.TEMPLATE_ID;
        return kills && !dice.oneIn(KILL_ONE_IN) ? pick() : index;
    }

    private int encode(final MessageSchema message, final UnsafeBuffer buffer) {
        buffer.putShort(0, (short) message.blockLength(), LITTLE_ENDIAN);
        buffer.putShort(2, (short) message.templateId(), LITTLE_ENDIAN);
        buffer.putShort(4, (short) MessageHeaderDecoder.SCHEMA_ID, LITTLE_ENDIAN);
        buffer.putShort(6, (short) MessageHeaderDecoder.SCHEMA_VERSION, LITTLE_ENDIAN);
        values.begin(message);
        buffer.setMemory(HEADER, message.blockLength(), (byte) 0);
        putAll(message.fields(), buffer, HEADER);
        int end = HEADER + message.blockLength();
        for (final GroupSchema group : message.groups()) {
            final int count = dice.oneIn(20) ? 0 : 1 + dice.below(Math.min(4, group.maxCount()));
            buffer.putShort(end, (short) group.blockLength(), LITTLE_ENDIAN);
            buffer.putShort(end + 2, (short) count, LITTLE_ENDIAN);
            end += GroupSchema.HEADER_LENGTH;
            for (int i = 0; i < count; i++) {
                buffer.setMemory(end, group.blockLength(), (byte) 0);
                putAll(group.fields(), buffer, end);
                end += group.blockLength();
            }
        }
        for (int i = 0; i < message.data().size(); i++) {
            buffer.putShort(end, (short) 0, LITTLE_ENDIAN);
            end += 2;
        }
        return end;
    }

    private void putAll(final List<FieldSchema> fields, final UnsafeBuffer buffer, final int block) {
        for (final FieldSchema field : fields) {
            switch (field.kind()) {
                case NUMBER, ENUM, SET -> field.put(buffer, block, values.of(field));
                case TEXT -> {
                    for (int i = 0; i < 1 + dice.below(4); i++) {
                        buffer.putByte(block + field.offset() + i, (byte) ('A' + dice.below(26)));
                    }
                }
                case BYTES, COMPOSITE -> {
                    // Not in any command of a session but by its number of bytes, and zeros are as good as any.
                }
            }
        }
    }

    private int spoil(final UnsafeBuffer buffer, final int length) {
        switch (dice.below(4)) {
            case 0:
                for (int i = 0; i < 1 + dice.below(3); i++) {
                    final int at = dice.below(length);
                    if (at < HEADER || at >= SEQ_NUM_END) {
                        buffer.putByte(at, (byte) dice.next());
                    }
                }
                return length;
            case 1:
                return (int) dice.between(SEQ_NUM_END, length);
            case 2:
                return (int) dice.between(length, Math.min(length + 40, Frame.MAX_PAYLOAD_LENGTH));
            default:
                return length;
        }
    }
}

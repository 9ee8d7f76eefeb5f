package org.isochron.codecs.schema;

import java.util.ArrayList;
import java.util.List;
import org.isochron.codecs.schema.FieldSchema.Choice;
import org.isochron.codecs.schema.FieldSchema.Kind;
import uk.co.real_logic.sbe.PrimitiveType;
import uk.co.real_logic.sbe.ir.Encoding;
import uk.co.real_logic.sbe.ir.Signal;
import uk.co.real_logic.sbe.ir.Token;

/** Reads one message from the flat token list of the SBE intermediate representation. */
final class TokenReader {
    private final List<Token> tokens;

    TokenReader(final List<Token> tokens) {
        this.tokens = tokens;
    }

    MessageSchema message() {
        final Token message = tokens.get(0);
        final int end = tokens.size() - 1;
        final List<FieldSchema> fields = new ArrayList<>();
        final List<GroupSchema> groups = new ArrayList<>();
        final List<DataSchema> data = new ArrayList<>();
        for (int i = 1; i < end; i += tokens.get(i).componentTokenCount()) {
            switch (tokens.get(i).signal()) {
                case BEGIN_FIELD -> fields.add(field(i));
                case BEGIN_GROUP -> groups.add(group(i));
                case BEGIN_VAR_DATA -> data.add(data(i));
                default -> throw unexpected(i);
            }
        }
        return new MessageSchema(
                message.id(),
                message.name(),
                message.description(),
                message.encodedLength(),
                List.copyOf(fields),
                List.copyOf(groups),
                List.copyOf(data));
    }

    private GroupSchema group(final int begin) {
        final Token group = tokens.get(begin);
        final int end = begin + group.componentTokenCount() - 1;
        final Token dimensions = tokens.get(begin + 1);
        if (dimensions.encodedLength() != GroupSchema.HEADER_LENGTH) {
            throw unexpected(begin + 1);
        }
        final List<FieldSchema> fields = new ArrayList<>();
        for (int i = begin + 1 + dimensions.componentTokenCount();
                i < end;
                i += tokens.get(i).componentTokenCount()) {
            if (tokens.get(i).signal() != Signal.BEGIN_FIELD) {
                throw unexpected(i);
            }
            fields.add(field(i));
        }
        return new GroupSchema(
                group.name(), group.encodedLength(), GroupSchema.maxCount(group.name()), List.copyOf(fields));
    }

    private DataSchema data(final int begin) {
        final Token length = tokens.get(begin + 2);
        final Token bytes = tokens.get(begin + 3);
        if (length.encodedLength() != DataSchema.HEADER_LENGTH
                || bytes.encoding().characterEncoding() == null
                || !bytes.encoding().characterEncoding().contains("ASCII")) {
            throw unexpected(begin);
        }
        final String name = tokens.get(begin).name();
        return new DataSchema(name, DataSchema.maxLength(name));
    }

    private FieldSchema field(final int begin) {
        return typed(tokens.get(begin).name(), tokens.get(begin).offset(), begin + 1);
    }

    private FieldSchema typed(final String name, final int offset, final int typeIndex) {
        final Token type = tokens.get(typeIndex);
        return switch (type.signal()) {
            case ENCODING -> plain(name, offset, type);
            case BEGIN_ENUM ->
                new FieldSchema(
                        name,
                        type.name(),
                        Kind.ENUM,
                        offset,
                        type.encodedLength(),
                        1,
                        false,
                        type.encoding().applicableNullValue().longValue(),
                        choices(typeIndex),
                        List.of());
            case BEGIN_SET ->
                new FieldSchema(
                        name,
                        type.name(),
                        Kind.SET,
                        offset,
                        type.encodedLength(),
                        1,
                        false,
                        0,
                        choices(typeIndex),
                        List.of());
            case BEGIN_COMPOSITE ->
                new FieldSchema(
                        name,
                        type.name(),
                        Kind.COMPOSITE,
                        offset,
                        type.encodedLength(),
                        1,
                        false,
                        0,
                        List.of(),
                        members(typeIndex));
            default -> throw unexpected(typeIndex);
        };
    }

    private static FieldSchema plain(final String name, final int offset, final Token type) {
        final Encoding encoding = type.encoding();
        final PrimitiveType primitive = encoding.primitiveType();
        final Kind kind = switch (primitive) {
            case CHAR -> Kind.TEXT;
            case FLOAT, DOUBLE ->
                throw new IllegalStateException(name + " is a " + primitive + ": the venue counts in integers");
            default -> type.arrayLength() > 1 ? Kind.BYTES : Kind.NUMBER;
        };
        final boolean signed = primitive.primitiveName().startsWith("int");
        return new FieldSchema(
                name,
                type.name(),
                kind,
                offset,
                primitive.size(),
                type.arrayLength(),
                signed,
                encoding.applicableNullValue().longValue(),
                List.of(),
                List.of());
    }

    private List<FieldSchema> members(final int begin) {
        final int end = begin + tokens.get(begin).componentTokenCount() - 1;
        final List<FieldSchema> members = new ArrayList<>();
        for (int i = begin + 1; i < end; i += tokens.get(i).componentTokenCount()) {
            members.add(typed(tokens.get(i).name(), tokens.get(i).offset(), i));
        }
        return List.copyOf(members);
    }

    private List<Choice> choices(final int begin) {
        final int end = begin + tokens.get(begin).componentTokenCount() - 1;
        final List<Choice> choices = new ArrayList<>();
        for (int i = begin + 1; i < end; i++) {
            choices.add(new Choice(tokens.get(i).name(), (int)
                    tokens.get(i).encoding().constValue().longValue()));
        }
        return List.copyOf(choices);
    }

    private IllegalStateException unexpected(final int index) {
        return new IllegalStateException(tokens.get(0).name() + " holds "
                + tokens.get(index).signal() + " " + tokens.get(index).name() + ", which is not read here");
    }
}

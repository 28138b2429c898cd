using System.CommandLine;
using Mayfly.Cli.Output;

namespace Mayfly.Cli.Notation;

/// <summary>Makes options whose values have a notation of their own; what can not be read is a wrong command line.</summary>
internal static class ReadOption
{
    /// <summary>An option for one value of an enum, in lower case with dashes.</summary>
    public static Option<T?> Choice<T>(string name, string description)
        where T : struct, Enum
    {
        var choices = Choices<T>();
        var option = Of<T>(name, description, string.Join('|', choices.Keys), text => choices.TryGetValue(text, out var value) ? value : null);
        option.CompletionSources.Add([.. choices.Keys]);
        return option;
    }

    /// <summary>An argument for one value of an enum, in lower case with dashes.</summary>
    public static Argument<T?> ChoiceArgument<T>(string name, string description)
        where T : struct, Enum
    {
        var choices = Choices<T>();
        var form = string.Join('|', choices.Keys);
        var argument = new Argument<T?>(name)
        {
            Description = $"{description}: {form}",
            HelpName = name,
            Arity = ArgumentArity.ExactlyOne,
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (choices.TryGetValue(text, out var value))
                    return value;
                result.AddError($"There is no {name} \"{text}\". It is one of {form}.");
                return null;
            },
        };
        argument.CompletionSources.Add([.. choices.Keys]);
        return argument;
    }

    /// <summary>An option read by a function that answers null to what it can not read.</summary>
    public static Option<T?> Of<T>(string name, string description, string form, Func<string, T?> read)
        where T : struct => new(name)
        {
            Description = description,
            HelpName = form,
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                var value = read(text);
                if (value is null)
                    result.AddError($"{name} does not take \"{text}\". It takes {form}.");
                return value;
            },
        };

    private static Dictionary<string, T> Choices<T>()
        where T : struct, Enum => Enum.GetValues<T>().ToDictionary(Words.Kebab, StringComparer.OrdinalIgnoreCase);
}

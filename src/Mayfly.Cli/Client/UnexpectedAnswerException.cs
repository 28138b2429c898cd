namespace Mayfly.Cli.Client;

/// <summary>Something answered, but not as mayflyd does.</summary>
internal sealed class UnexpectedAnswerException(string message, Exception? inner = null) : Exception(message, inner);
